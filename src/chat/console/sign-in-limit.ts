import type { NextFunction, Request, Response } from 'express'
import type { Clock } from '#platform'

const perMinute = 30
const mostAddresses = 10_000

/**
 * Refuses an address that asked to sign in too often, for the rest of the minute. Tokens cannot be guessed anyway; this keeps the noise
 * down, and the database out of it. Each process counts for itself.
 */
export function limitSignIns(clock: Clock) {
  let minute = 0
  let asked = new Map<string, number>()
  return (request: Request, response: Response, next: NextFunction): void => {
    const seconds = Math.floor(clock.now().epochMilliseconds / 1000)
    const now = Math.floor(seconds / 60)
    if (now !== minute || asked.size >= mostAddresses) [minute, asked] = [now, new Map()]
    const address = request.ip ?? ''
    const count = (asked.get(address) ?? 0) + 1
    asked.set(address, count)
    if (count <= perMinute) return next()
    response.set('Retry-After', String(60 - (seconds % 60)))
    response.status(429).json({ error: 'too_many' })
  }
}
