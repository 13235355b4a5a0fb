import { createHash, timingSafeEqual } from 'node:crypto'
import { type Request, Router } from 'express'
import type { Database } from './db.ts'
import { readiness } from './health.ts'
import type { Metrics } from './metrics.ts'
import type { Queue } from './queue.ts'

type HealthDeps = { database: Pick<Database, 'pool'>; queue: Pick<Queue, 'isRunning'>; metrics: Metrics; metricsToken?: string | undefined }

const refusal = 'Scrape from this machine, or set DUNCAN_METRICS_TOKEN and send it as a bearer token.'

/** What watches Duncan asks: `/healthz` (the process lives), `/readyz` (it can work; 503 and why not) and `/metrics`. */
export function healthRoutes({ database, queue, metrics, metricsToken }: HealthDeps): Router {
  const routes = Router()
  routes.get('/healthz', (_request, response) => void response.json({ status: 'up' }))
  routes.get('/readyz', (_request, response) => readiness({ database, queue }).then(verdict => void response.status(verdict.ready ? 200 : 503).json(verdict)))
  routes.get('/metrics', (request, response, next) => (mayScrape(request, metricsToken) ? next() : void response.status(403).type('text').send(refusal)))
  routes.get('/metrics', (_request, response) => metrics.render().then(({ contentType, body }) => void response.type(contentType).send(body)))
  return routes
}

/** With a token: whoever has it. Without one: this machine, unless a proxy on it speaks for somebody else. */
function mayScrape(request: Request, token: string | undefined): boolean {
  if (token) return isSame(request.get('authorization') ?? '', `Bearer ${token}`)
  const isForwarded = request.get('x-forwarded-for') !== undefined || request.get('forwarded') !== undefined
  return !isForwarded && isLoopback(request.socket.remoteAddress ?? '')
}

const isLoopback = (address: string): boolean => address === '::1' || /^(::ffff:)?127\./.test(address)

/** Compares hashes, which are of one length: the time it takes tells nothing of the token. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected))
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
