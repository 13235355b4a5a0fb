import type { Request, Response, Router } from 'express'
import { type BureauCompany, ratingOf, safeNumber } from './company.ts'
import { eventRoutes } from './event-routes.ts'
import type { Entry, Portfolio } from './portfolio.ts'
import { pageOf, termOf } from './read-query.ts'
import type { Register } from './register.ts'

type PortfolioDeps = {
  api: Router
  register: Register
  portfolios: Portfolio[]
  now: () => string
  correlationId: () => string
}

/** Portfolios, the companies in them, and what is told of these. */
export function portfolioRoutes({ api, register, portfolios, now, correlationId }: PortfolioDeps): void {
  api.get('/monitoring/portfolios', (request, response) => {
    const found = portfolios.filter(({ name }) => name.includes(termOf(request, 'searchQuery')))
    const { rows, paging } = pageOf(request, found)
    const shown = rows.map(({ id, name, isDefault, emails }) => ({ portfolioId: id, name, isDefault, emails }))
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

  /** The portfolio of a path; answers for itself when there is none. */
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
  api.get(`${at}/companies`, (request, response) => {
    const portfolio = own(request, response)
    if (!portfolio) return
    const there = [...portfolio.companies].filter(([id]) => register.companies.has(id))
    const { rows, paging } = pageOf(request, there)
    const data = rows.flatMap(([id, entry]) => {
      const company = register.companies.get(id)
      return company ? [listedBody(company, entry)] : []
    })
    response.json({ correlationId: correlationId(), totalCount: there.length, data, paging })
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
    if (portfolio.companies.delete(request.params.id)) response.json({ correlationId: correlationId(), message: 'Removed' })
    else response.status(404).json({ message: 'Company not found' })
  })
  eventRoutes({ api, at, own, register, correlationId })
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
