import type { Router } from 'express'
import { type BureauCompany, digits, reportBody, safeNumber } from './company.ts'
import { termOf } from './read-query.ts'
import type { Register } from './register.ts'

type CompanyDeps = {
  api: Router
  register: Register
  /** Reports that were delivered; each one is added. */
  orders: string[]
  now: () => string
  correlationId: () => string
  failedSections: (companyId: string) => string[]
  paidReports: Record<string, number> | undefined
}

/** What is under contract, the search of companies, and their reports, which are paid for. */
export function companyRoutes({ api, register, orders, now, correlationId, failedSections, paidReports }: CompanyDeps): void {
  const bought = new Map<string, number>()

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
    const among = query['regNo'] ? register.numbered(digits(query['regNo'])) : register.companies.values()
    const found = [...among].filter(company => company.country === query['countries'] && fits(company, query))
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
    if (company.country === 'DE' && !termOf(request, 'customData').startsWith('de_reason_code::')) {
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
    response.json(reportBody(company, { correlationId: correlationId(), orderedAt: now(), failedSections: failedSections(company.id) }))
  })
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
  officeType: 'headOffice',
  status: company.status,
  ...(company.vatNumber && { vatNo: [company.vatNumber] }),
  address: { simpleValue: `${company.street}, ${company.postalCode} ${company.city}`, city: company.city, postCode: company.postalCode },
})
