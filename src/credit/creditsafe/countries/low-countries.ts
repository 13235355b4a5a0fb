import type { ReadValue } from '../../criteria.ts'
import { readNumber } from '../read-value.ts'
import type { ReportBody } from '../wire.ts'
import { at, bare, type Country, insolvencyByStatus } from './country.ts'

// Assumed for both, from the interface that came before this one: where payment expectations stand.
const paymentExpectations = (report: ReportBody): ReadValue[] => {
  const summary = at(report.additionalInformation, 'paymentExpectationsSummary')
  return [
    ...readNumber('days_beyond_terms', at(summary, 'paymentExpectationDays')),
    ...readNumber('industry_days_beyond_terms', at(summary, 'industryAveragePaymentExpectationDays')),
  ]
}

// Seen: identifiers have lost the enterprise number's leading zero.
const enterprise = (number: string | undefined): string => bare(number).replace(/^BE/, '').replace(/^0/, '')

/** The key is the enterprise number, ten digits, which is the VAT number too. Assumed: the search takes it as vatNo. */
export const belgium: Country = {
  byVatNumber: true,
  byNumber: number => ({ country: 'BE', vatNumber: `BE${bare(number).replace(/^BE/, '').padStart(10, '0')}` }),
  isSame: (number, found) => [found.registrationNumber, ...found.vatNumbers].some(each => enterprise(each) === enterprise(number)),
  read: report => [...paymentExpectations(report), ...insolvencyByStatus(report)],
}

// Assumed: a branch has twelve digits, of which the first eight are the company's.
const kvk = (number: string | undefined): string => bare(number).slice(0, 8)

/** The key is the KvK number, eight digits with leading zeros. Assumed: the search takes it as regNo. */
export const netherlands: Country = {
  byNumber: number => ({ country: 'NL', registrationNumber: kvk(number) }),
  isSame: (number, found) => kvk(found.registrationNumber) === kvk(number),
  read: report => [...paymentExpectations(report), ...insolvencyByStatus(report)],
}
