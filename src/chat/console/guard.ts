import type { NextFunction, Request, Response } from 'express'
import { findSession, type Staff } from '#people'
import type { Clock, DbClient } from '#platform'

/** The request header that only our own page can set: another site cannot without our leave (CORS preflight). */
const csrfHeader = 'x-duncan'
export const sessionCookie = 'duncan_session'

/** No inline scripts, nothing from elsewhere, no framing. Styles that the card library sets go through the object model, which needs no exception. */
export function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
  next()
}

/** Refuses a changing request that does not come from our own page: custom header, Origin and fetch metadata must all agree. */
export function sameSiteOnly(publicOrigin: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method === 'GET' || request.method === 'HEAD') return next()
    const { origin, host } = request.headers
    const ownOrigins = [publicOrigin, `http://${host ?? ''}`]
    const site = request.headers['sec-fetch-site']
    const foreign = (origin !== undefined && !ownOrigins.includes(origin)) || (site !== undefined && site !== 'same-origin')
    if (request.headers[csrfHeader] === undefined || foreign) return void response.status(403).json({ error: 'cross_site' })
    next()
  }
}

/** Sets `response.locals.staff` to who is signed in; answers 401 when nobody is. */
export function signedInOnly(client: DbClient, clock: Clock) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const token = sessionToken(request)
    const staff = token && (await findSession(client, clock, token))
    if (!staff) return void response.status(401).json({ error: 'signed_out' })
    response.locals.staff = staff
    next()
  }
}

export const staffOf = (response: Response): Staff => response.locals.staff as Staff

/** The session's token from the cookie header, when there is one. */
export function sessionToken(request: Request): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map(pair => pair.trim().split('='))
  return cookies.find(([name]) => name === sessionCookie)?.[1]
}

/** Gives the browser its session: out of reach of scripts, never sent from another site, over TLS only where there is TLS. */
export function setSessionCookie(response: Response, token: string, maxAgeSeconds: number, publicOrigin: string): void {
  response.cookie(sessionCookie, token, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    maxAge: maxAgeSeconds * 1000,
    secure: publicOrigin.startsWith('https:'),
  })
}
