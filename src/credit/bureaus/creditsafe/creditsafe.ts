import type { Bureau, CompanyQuery, FoundCompany, Quota } from '../bureau.ts'
import type { Ask } from './connection.ts'
import { countryOf } from './countries/index.ts'
import { createPortfolio } from './portfolio.ts'
import { addressText, readReport } from './read-report.ts'
import { accessBodySchema, parseBody, searchBodySchema } from './wire.ts'

const mostFound = 50

/** Creditsafe's Connect interface as a bureau. `portfolioName` is our own portfolio there: no other is touched. */
export function createCreditsafe(ask: Ask, portfolioName: string): Bureau & { portfolio: NonNullable<Bureau['portfolio']> } {
  return {
    name: 'creditsafe',
    isPaid: true,
    portfolio: createPortfolio(ask, portfolioName),
    quotas: async () => {
      const { countryAccess } = parseBody(accessBodySchema, await ask('access', 'access'), 'the quotas')
      return (countryAccess?.creditsafeConnectOnlineReports ?? []).flatMap(({ countryIso2, paid, used }): Quota[] =>
        countryIso2 && typeof paid === 'number' ? [{ country: countryIso2.toUpperCase(), paid, used: used ?? 0 }] : [],
      )
    },
    find: async query => {
      const body = parseBody(
        searchBodySchema,
        await ask('search', 'companies', { search: { page: 1, pageSize: mostFound, ...searchTerms(query) } }),
        'a search',
      )
      return (body.companies ?? []).map(
        ({ id, country, name, regNo, vatNo, address, status, officeType }): FoundCompany => ({
          companyId: id,
          country: country ?? query.country,
          name: name ?? id,
          registrationNumber: regNo ?? undefined,
          vatNumbers: vatNo ?? [],
          address: addressText(address),
          city: address?.city ?? undefined,
          postalCode: address?.postCode ?? address?.postalCode ?? undefined,
          status: status ?? undefined,
          isHeadOffice: /head/i.test(officeType ?? ''),
        }),
      )
    },
    report: async companyId => {
      const country = companyId.slice(0, 2).toUpperCase()
      const search = { language: 'en', template: 'full', ...countryOf(country).orderWith }
      // Nobody knows whether an answer that was lost on the way was counted as a paid order.
      return readReport(companyId, country, await ask('report', `companies/${encodeURIComponent(companyId)}`, { search, again: 'answered' }))
    },
  }
}

/** One set of criteria: the interface takes no mixture of numbers with names. */
function searchTerms(query: CompanyQuery): Record<string, string | undefined> {
  if ('registrationNumber' in query) return { countries: query.country, regNo: query.registrationNumber }
  if ('vatNumber' in query) return { countries: query.country, vatNo: query.vatNumber }
  return { countries: query.country, name: query.name, postCode: query.postalCode, city: query.city }
}
