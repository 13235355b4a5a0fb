import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type Request, type Response } from 'express'
import { type BureauCompany, ratingOf, reportBody, safeNumber } from './company.ts'
import type { Fault } from './faults.ts'
import { createRegister, type Register } from './register.ts'

export type SandboxOptions = {
  companies: Iterable<BureauCompany>
  username?: string
  password?: string
  /** ISO moment. Tokens, orders and events are dated by it. */
  now: () => string
  /** Asked at each call but the login, by its method and path. */
  fault?: (call: string) => Fault | undefined
  /** Sections that a report of the company cannot tell now. */
  failedSections?: (companyId: string) => string[]
  /** Paid reports of a country under contract; any number when left out. */
  paidReports?: Record<string, number>
}

type Portfolio = { id: number; name: string; isDefault: boolean; emails: unknown[]; frequency: string; rules: Rule[]; companies: Map<string, Entry> }
type Rule = { ruleCode: number; isActive: number; param0: string; param1: string; param2: string }
type Entry = { personalReference: string | null; freeText: string | null; personalLimit: string | null; addedAt: string }

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
const ruleNames = new Map([
  [101, 'International Rating'],
  [102, 'Credit Limit'],
])

/**
 * A stand-in for Creditsafe's Connect interface, for the demo and for tests: keeps companies, portfolios, rules, events, orders and tokens,
 * and refuses what the real one is documented to refuse. It listens on loopback alone.
 */
export async function startBureauSandbox({
  companies,
  username = 'demo',
  password = 'demo',
  now,
  fault,
  failedSections,
  paidReports,
}: SandboxOptions): Promise<BureauSandbox> {
  const register = createRegister(companies)
  const orders: string[] = []
  const bought = new Map<string, number>()
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
    answerFault(fault?.(`${request.method} ${request.originalUrl}`), response, next)
  })

  api.get('/access', (_request, response) => {
    const countryAccess = {
      creditsafeConnectOnlineReports: Object.entries(paidReports ?? {}).map(([countryIso2, paid]) => ({
        countryIso2,
        templateName: 'full',
        paid,
        used: bought.get(countryIso2) ?? 0,
      })),
      creditsafeConnectMonitoring: [],
    }
    response.json({ correlationId: correlationId(), countryAccess })
  })

  api.get('/companies', (request, response) => {
    const query = request.query as Record<string, string | undefined>
    const sets = [query['regNo'], query['vatNo'], query['name'], query['id'], query['safeNo']].filter(Boolean).length
    if (!query['countries'] || sets !== 1) {
      response.status(400).json({ correlationId: correlationId(), message: 'Bad request', details: 'Specified criteria combination is not allowed' })
      return
    }
    const found = [...register.companies.values()].filter(company => company.country === query['countries'] && fits(company, query))
    const messages = found.length === 0 ? [{ type: 'Information', code: 'NoResults', text: 'No results' }] : []
    response.json({
      correlationId: correlationId(),
      totalSize: found.length,
      companies: found.slice(0, Number(query['pageSize'] ?? 10)).map(foundBody),
      messages,
    })
  })

  api.get('/companies/:id', (request, response) => {
    const company = register.companies.get(request.params.id)
    if (!company) {
      response.status(404).json({ message: 'Company not found' })
      return
    }
    if (company.country === 'DE' && !queryOf(request, 'customData').startsWith('de_reason_code::')) {
      response.status(400).json({ correlationId: correlationId(), message: 'Bad request', details: 'A reason code is required' })
      return
    }
    const before = bought.get(company.country) ?? 0
    if (paidReports && before >= (paidReports[company.country] ?? 0)) {
      response.status(403).json({ message: 'No reports left for this country' })
      return
    }
    orders.push(company.id)
    bought.set(company.country, before + 1)
    response.json(reportBody(company, { correlationId: correlationId(), orderedAt: now(), failedSections: failedSections?.(company.id) ?? [] }))
  })

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

// Letters and digits only: how numbers are compared.
const digits = (text: string | undefined) => (text ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')

const queryOf = ({ query }: Request, name: string): string => {
  const given = query[name]
  return typeof given === 'string' ? given : ''
}

function fits(company: BureauCompany, query: Record<string, string | undefined>): boolean {
  if (query['regNo']) return digits(company.registrationNumber).startsWith(digits(query['regNo']))
  if (query['vatNo']) return digits(company.vatNumber) === digits(query['vatNo'])
  if (query['id']) return company.id === query['id']
  if (query['safeNo']) return safeNumber(company) === query['safeNo']
  const isThere = !query['postCode'] || company.postalCode === query['postCode']
  return isThere && company.name.toLowerCase().includes((query['name'] ?? '').toLowerCase())
}

const foundBody = (company: BureauCompany) => ({
  id: company.id,
  country: company.country,
  regNo: company.registrationNumber,
  safeNo: safeNumber(company),
  name: company.name,
  officeType: 'HeadOffice',
  status: company.status,
  ...(company.vatNumber && { vatNo: [company.vatNumber] }),
  address: { simpleValue: `${company.street}, ${company.postalCode} ${company.city}`, city: company.city, postCode: company.postalCode },
})

type PortfolioDeps = {
  api: express.Router
  register: Register
  portfolios: Portfolio[]
  now: () => string
  correlationId: () => string
}

function portfolioRoutes({ api, register, portfolios, now, correlationId }: PortfolioDeps): void {
  api.get('/monitoring/portfolios', (request, response) => {
    const found = portfolios.filter(({ name }) => name.includes(queryOf(request, 'searchQuery')))
    const { rows, paging } = pageOf(request, found)
    const shown = rows.map(({ id, name, isDefault, emails }) => ({ portfolioId: id, name, isDefault, emails, isSharedPortfolio: false }))
    response.json({ correlationId: correlationId(), totalCount: found.length, data: { portfolios: shown, sharedPortfolios: [] }, paging })
  })
  api.post('/monitoring/portfolios', (request, response) => {
    const body = request.body as { name?: string; isDefault?: unknown; emails?: unknown[]; frequency?: string }
    if (!body.name || (body.isDefault !== undefined && typeof body.isDefault !== 'boolean')) {
      response.status(400).json({ correlationId: correlationId(), message: 'Bad request' })
      return
    }
    const id = 4_000 + portfolios.length
    portfolios.push({
      id,
      name: body.name,
      isDefault: body.isDefault ?? false,
      emails: body.emails ?? [],
      frequency: body.frequency ?? '0',
      rules: [],
      companies: new Map(),
    })
    response.json({ correlationId: correlationId(), portfolioId: id, name: body.name, isDefault: body.isDefault ?? false })
  })

  const own = (request: Request, response: Response): Portfolio | undefined => {
    const found = portfolios.find(({ id }) => id === Number(request.params['portfolio']))
    if (!found) response.status(404).json({ message: 'Portfolio not found' })
    return found
  }
  const at = '/monitoring/portfolios/:portfolio'
  api.patch(at, (request, response) => {
    const portfolio = own(request, response)
    const body = request.body as { name?: string; isDefault?: boolean; emails?: unknown[]; frequency?: string }
    if (!portfolio) return
    if (!body.name) {
      response.status(400).json({ correlationId: correlationId(), message: 'Bad request' })
      return
    }
    Object.assign(portfolio, body)
    response.status(204).end()
  })
  api.get(`${at}/eventRules/:country`, (request, response) => {
    const portfolio = own(request, response)
    const shown = portfolio?.rules.map(({ isActive, ...rule }) => ({ ...rule, isActive: isActive === 1, ruleName: ruleNames.get(rule.ruleCode) }))
    if (shown) response.json(shown)
  })
  api.put(`${at}/eventRules/:country`, (request, response) => {
    const portfolio = own(request, response)
    const rules = request.body as Rule[]
    if (!portfolio) return
    if (!Array.isArray(rules) || rules.some(({ isActive }) => isActive !== 0 && isActive !== 1)) {
      response.status(400).json({ correlationId: correlationId(), message: 'Bad request' })
      return
    }
    portfolio.rules = rules
    response.status(204).end()
  })
  api.get(`${at}/companies`, (request, response) => {
    const portfolio = own(request, response)
    if (!portfolio) return
    const all = [...portfolio.companies].flatMap(([id, entry]) => {
      const company = register.companies.get(id)
      return company ? [listedBody(company, entry)] : []
    })
    const { rows, paging } = pageOf(request, all)
    response.json({ correlationId: correlationId(), totalCount: all.length, data: rows, paging })
  })
  api.post(`${at}/companies`, (request, response) => {
    const portfolio = own(request, response)
    const { id, ...entry } = request.body as { id?: string } & Omit<Entry, 'addedAt'>
    if (!portfolio) return
    if (!id || !['personalReference', 'freeText', 'personalLimit'].every(key => key in entry)) {
      response.status(400).json({ correlationId: correlationId(), message: 'Bad request' })
    } else if (!register.companies.has(id)) {
      response.status(404).json({ message: 'Company not found' })
    } else if (portfolio.companies.has(id)) {
      response.status(409).json({ correlationId: correlationId(), message: 'Company already in portfolio' })
    } else {
      portfolio.companies.set(id, { ...entry, addedAt: now() })
      response.json({ correlationId: correlationId(), message: 'Company Added' })
    }
  })
  api.delete(`${at}/companies/:id`, (request, response) => {
    const portfolio = own(request, response)
    if (!portfolio) return
    if (portfolio.companies.delete(request.params.id)) response.status(204).end()
    else response.status(404).json({ message: 'Company not found' })
  })
  api.get(`${at}/notificationEvents`, (request, response) => {
    const portfolio = own(request, response)
    if (!portfolio) return
    const since = Date.parse(queryOf(request, 'startDate') || '1970-01-01T00:00:00Z')
    const told = register.events.filter(
      ({ companyId, ruleCode, createdDate }) =>
        portfolio.companies.has(companyId) &&
        Date.parse(createdDate) >= since &&
        portfolio.rules.some(rule => rule.ruleCode === ruleCode && rule.isActive === 1),
    )
    const { rows, paging } = pageOf(request, told)
    response.json({ correlationId: correlationId(), totalCount: told.length, data: rows.map(event => eventBody(event, portfolio, register)), paging })
  })
}

/** Pages are counted from 0; 50 rows when nothing else is asked for, 1000 at most. */
function pageOf<Row>(request: Request, all: Row[]): { rows: Row[]; paging: { size: number; prev: number | null; next: number | null; last: number } } {
  const size = Math.min(Number(request.query['pageSize'] ?? 50), 1000)
  const page = Number(request.query['page'] ?? 0)
  const last = Math.max(0, Math.ceil(all.length / size) - 1)
  return { rows: all.slice(page * size, (page + 1) * size), paging: { size, prev: page > 0 ? page - 1 : null, next: page < last ? page + 1 : null, last } }
}

const listedBody = (company: BureauCompany, entry: Entry) => ({
  id: company.id,
  safeNumber: safeNumber(company),
  name: company.name,
  address: `${company.street}, ${company.postalCode} ${company.city}`,
  countryCode: company.country,
  creditLimit: company.creditLimit ?? null,
  ratingCommon: ratingOf(company),
  ratingLocal: company.score === undefined ? 'Not Rated' : String(company.score),
  companyStatus: company.status,
  dateLastEvent: company.lastEventAt ?? null,
  personalReference: entry.personalReference,
  freeText: entry.freeText,
  personalLimit: entry.personalLimit,
})

const eventBody = (event: Register['events'][number], portfolio: Portfolio, register: Register) => {
  const company = register.companies.get(event.companyId)
  return {
    company: {
      id: event.companyId,
      safeNumber: company ? safeNumber(company) : null,
      name: company?.name ?? '',
      countryCode: event.companyId.slice(0, 2),
      portfolioId: portfolio.id,
      portfolioName: portfolio.name,
    },
    eventId: event.id,
    notificationEventId: event.id + portfolio.id * 1_000_000,
    notificationId: null,
    eventDate: event.eventDate,
    processedDate: portfolio.frequency !== '0' && portfolio.emails.length > 0 ? event.createdDate : null,
    oldValue: event.oldValue,
    newValue: event.newValue,
    ruleCode: event.ruleCode,
    ruleName: event.ruleName,
    isProcessed: false,
  }
}
