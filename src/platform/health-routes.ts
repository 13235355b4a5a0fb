import { createHash, timingSafeEqual } from 'node:crypto'
import { type Request, Router } from 'express'
import type { Database } from './db.ts'
import { readiness } from './health.ts'
import type { Metrics } from './metrics.ts'
import type { Queue } from './queue.ts'

type HealthDeps = { database: Pick<Database, 'pool'>; queue: Pick<Queue, 'isRunning'>; metrics: Metrics; metricsToken?: string | undefined }

/** What watches Duncan asks: `/healthz` (the process lives), `/readyz` (it can work; 503 and why not) and `/metrics`. */
export function healthRoutes({ database, queue, metrics, metricsToken }: HealthDeps): Router {
  const routes = Router()
  routes.get('/healthz', (_request, response) => void response.json({ status: 'up' }))
  routes.get('/readyz', async (_request, response) => {
    const verdict = await readiness({ database, queue })
    response.status(verdict.ready ? 200 : 503).json(verdict)
  })
  routes.get('/metrics', async (request, response) => {
    if (!mayScrape(request, metricsToken)) {
      const remedy = 'Scrape from this machine, or set DUNCAN_METRICS_TOKEN and send it as a bearer token.'
      return void response.status(403).type('text').send(remedy)
    }
    const { contentType, body } = await metrics.render()
    response.type(contentType).send(body)
  })
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
