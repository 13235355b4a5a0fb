import type { Request, Response, Router } from 'express'
import { safeNumber } from './company.ts'
import { knownRules } from './event-rules.ts'
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

/** The rules of a portfolio by which events are told, and the events. */
export function eventRoutes({ api, at, own, register, correlationId }: EventDeps): void {
  api.get(`${at}/eventRules`, (request, response) => {
    const portfolio = own(request, response)
    if (!portfolio) return
    const stateOf = (ruleCode: number) => portfolio.rules.find(rule => rule.ruleCode === ruleCode)
    response.json(
      knownRules.map(({ ruleCode, country, name }) => {
        const { isActive = 0, ...params } = stateOf(ruleCode) ?? {}
        return { ...params, ruleCode, ruleCountryCode: country, name, isActive: isActive === 1 }
      }),
    )
  })
  api.put(`${at}/eventRules/:country`, (request, response) => {
    const portfolio = own(request, response)
    const rules = request.body as EventRule[]
    if (!portfolio) return
    if (!Array.isArray(rules) || rules.some(({ isActive }) => isActive !== 0 && isActive !== 1)) {
      response.status(400).json({ correlationId: correlationId(), message: 'Bad request' })
      return
    }
    const isOfCountry = ({ ruleCode }: EventRule) => knownRules.some(rule => rule.ruleCode === ruleCode && rule.country === request.params.country)
    portfolio.rules = [...portfolio.rules.filter(rule => !isOfCountry(rule)), ...rules.filter(isOfCountry)]
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
