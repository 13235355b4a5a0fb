import { bare } from '../../company-key.ts'
import { readNumber } from '../read-value.ts'
import { at, type Country, insolvencyByStatus } from './country.ts'

/** The key is the number of Companies House: eight characters, digits padded with zeros or a prefix such as SC. */
export const unitedKingdom: Country = {
  byNumber: number => ({ country: 'GB', registrationNumber: bare(number) }),
  read: report => [
    ...readNumber('days_beyond_terms', at(report.paymentData, 'dbt')),
    ...readNumber('industry_days_beyond_terms', at(report.paymentData, 'industryDBT')),
    // County court judgments against exactly this company; possible ones are somebody else's until a person says so.
    ...readNumber('judgments', at(report.negativeInformation, 'ccjSummary', 'numberOfExact')),
    ...insolvencyByStatus(report),
  ],
}
