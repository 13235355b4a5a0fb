import type { ReadValue } from '../../../values/criteria.ts'
import { bare, companyKey } from '../../company-key.ts'
import { readNumber } from '../read-value.ts'
import type { ReportBody } from '../wire.ts'
import { at, type Country, insolvencyByStatus } from './country.ts'

// Assumed for both, from the interface that came before this one: where payment expectations stand.
const paymentExpectations = (report: ReportBody): ReadValue[] => {
  const summary = at(report.additionalInformation, 'paymentExpectationsSummary')
  return [
    ...readNumber('days_beyond_terms', at(summary, 'paymentExpectationDays')),
    ...readNumber('industry_days_beyond_terms', at(summary, 'industryAveragePaymentExpectationDays')),
  ]
}

/** The key is the enterprise number, ten digits, which is the VAT number too. Assumed: the search takes it as vatNo. */
export const belgium: Country = {
  byVatNumber: true,
  byNumber: number => ({ country: 'BE', vatNumber: `BE${bare(number).replace(/^BE/, '').padStart(10, '0')}` }),
  read: report => [...paymentExpectations(report), ...insolvencyByStatus(report)],
}

/** The key is the KvK number, eight digits with leading zeros. Assumed: the search takes it as regNo. */
export const netherlands: Country = {
  byNumber: number => ({ country: 'NL', registrationNumber: companyKey('NL', number) }),
  read: report => [...paymentExpectations(report), ...insolvencyByStatus(report)],
}
