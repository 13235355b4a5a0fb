import type { Request, Response, Router } from 'express'
import { safeNumber } from './company.ts'
import type { EventRule, Portfolio } from './portfolio.ts'
import { pageOf, termOf } from './read-query.ts'
import type { Register } from './register.ts'

type EventDeps = {
  api: Router
  /** Path of a portfolio. */
  at: string
  own: (request: Request, response: Response) => Portfolio | undefined
  register: Register
  correlationId: () => string
}

const ruleNames = new Map([
  [101, 'International Rating'],
  [102, 'Credit Limit'],
])

/** The rules of a portfolio by which events are told, and the events. */
export function eventRoutes({ api, at, own, register, correlationId }: EventDeps): void {
  api.get(`${at}/eventRules/:country`, (request, response) => {
    const portfolio = own(request, response)
    const shown = portfolio?.rules.map(({ isActive, ...rule }) => ({ ...rule, isActive: isActive === 1, ruleName: ruleNames.get(rule.ruleCode) }))
    if (shown) response.json(shown)
  })
  api.put(`${at}/eventRules/:country`, (request, response) => {
    const portfolio = own(request, response)
    const rules = request.body as EventRule[]
    if (!portfolio) return
    if (!Array.isArray(rules) || rules.some(({ isActive }) => isActive !== 0 && isActive !== 1)) {
      response.status(400).json({ correlationId: correlationId(), message: 'Bad request' })
      return
    }
    portfolio.rules = rules
    response.status(204).end()
  })
  api.get(`${at}/notificationEvents`, (request, response) => {
    const portfolio = own(request, response)
    if (!portfolio) return
    const since = Date.parse(termOf(request, 'startDate') || '1970-01-01T00:00:00Z')
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
