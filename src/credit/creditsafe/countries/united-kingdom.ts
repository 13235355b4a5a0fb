import { readNumber } from '../read-value.ts'
import { at, bare, type Country, insolvencyByStatus } from './country.ts'

/** The key is the number of Companies House: eight characters, digits padded with zeros or a prefix such as SC. */
export const unitedKingdom: Country = {
  byNumber: number => ({ country: 'GB', registrationNumber: bare(number) }),
  isSame: (number, found) => bare(found.registrationNumber).padStart(8, '0') === bare(number).padStart(8, '0'),
  read: report => [
    ...readNumber('days_beyond_terms', at(report.paymentData, 'dbt')),
    ...readNumber('industry_days_beyond_terms', at(report.paymentData, 'industryDBT')),
    // County court judgments against exactly this company; possible ones are somebody else's until a person says so.
    ...readNumber('judgments', at(report.negativeInformation, 'ccjSummary', 'numberOfExact')),
    ...insolvencyByStatus(report),
  ],
}
