import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type Response } from 'express'
import type { BureauCompany } from './company.ts'
import { companyRoutes } from './company-routes.ts'
import type { Fault } from './faults.ts'
import type { Portfolio } from './portfolio.ts'
import { portfolioRoutes } from './portfolio-routes.ts'
import { createRegister, type Register } from './register.ts'

export type SandboxOptions = {
  companies: Iterable<BureauCompany>
  username?: string
  password?: string
  /** ISO moment. Tokens, orders and events are dated by it. */
  now: () => string
  /** Milliseconds until a call but the login is answered; at once when left out. */
  latency?: () => number
  /** Asked at each call but the login, by its method and path. */
  fault?: (call: string) => Fault | undefined
  /** Sections that a report of the company cannot tell now. */
  failedSections?: (companyId: string) => string[]
  /** Paid reports of a country under contract; any number when left out. */
  paidReports?: Record<string, number>
}

export type BureauSandbox = {
  /** Base address; ends in /v1. */
  url: string
  register: Register
  /** Reports that were delivered, in order: each would have been paid. */
  orders: string[]
  /** Logins, right and wrong ones. */
  logins: { accepted: number; refused: number }
  portfolios: Portfolio[]
  /** Ends every token that was handed out. */
  endTokens: () => void
  stop: () => Promise<void>
}

const tokenHours = 1

/**
 * A stand-in for Creditsafe's Connect interface, for the demo and for tests: keeps companies, portfolios, rules, events, orders and tokens,
 * and refuses what the real one is documented to refuse. It listens on loopback alone.
 */
export async function startBureauSandbox({
  companies,
  username = 'demo',
  password = 'demo',
  now,
  latency = () => 0,
  fault,
  failedSections = () => [],
  paidReports,
}: SandboxOptions): Promise<BureauSandbox> {
  const register = createRegister(companies)
  const orders: string[] = []
  const logins = { accepted: 0, refused: 0 }
  const portfolios: Portfolio[] = []
  const tokens = new Map<string, number>()
  let calls = 0
  const correlationId = () => `sandbox-${(calls += 1)}`

  const web = express().disable('x-powered-by')
  const api = express.Router()
  web.use('/v1', express.json({ limit: '1mb' }), api)

  api.post('/authenticate', (request, response) => {
    const given = request.body as { username?: string; password?: string } | undefined
    if (given?.username !== username || given.password !== password) {
      logins.refused += 1
      response.status(401).json({ message: 'Invalid user name or password' })
      return
    }
    logins.accepted += 1
    const token = `token-${logins.accepted}`
    tokens.set(token, Date.parse(now()) + tokenHours * 3_600_000)
    response.json({ token })
  })
  api.use((request, response, next) => {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    if ((tokens.get(token) ?? 0) <= Date.parse(now())) {
      response.status(401).json({ error: 'The token is invalid or has expired' })
      return
    }
    const answer = () => answerFault(fault?.(`${request.method} ${request.originalUrl}`), response, next)
    const wait = latency()
    if (wait > 0) setTimeout(answer, wait)
    else answer()
  })

  companyRoutes({ api, register, orders, now, correlationId, failedSections, paidReports })
  portfolioRoutes({ api, register, portfolios, now, correlationId })

  const server = web.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    register,
    orders,
    logins,
    portfolios,
    endTokens: () => tokens.clear(),
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function answerFault(fault: Fault | undefined, response: Response, next: () => void): void {
  if (fault === undefined) next()
  else if (fault === 'too_many') response.status(429).set('retry-after', '0').json({ message: 'Too many requests' })
  else if (fault === 'error') response.status(503).json({ message: 'Temporary system problem' })
  else if (fault === 'not_json') response.status(502).type('html').send('<html><body>Bad gateway</body></html>')
  else response.socket?.destroy()
}
