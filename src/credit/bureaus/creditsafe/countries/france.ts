import type { ReadValue } from '../../../values/criteria.ts'
import { companyKey } from '../../company-key.ts'
import { readNumber } from '../read-value.ts'
import type { ReportBody } from '../wire.ts'
import { at, type Country, entries, insolvencyByStatus, textAt } from './country.ts'

/** The key is the SIREN, nine digits; reports answer with the seat's SIRET, whose first nine they are. */
export const france: Country = {
  byNumber: number => ({ country: 'FR', registrationNumber: companyKey('FR', number) }),
  read: report => [
    ...readNumber('days_beyond_terms', at(report.paymentData, 'dbt')), // assumed: as in GB
    ...readNumber('industry_days_beyond_terms', at(report.paymentData, 'industryDbt')),
    ...judgments(report),
    ...insolvency(report),
    ...privileges(report),
  ],
}

function judgments(report: ReportBody): ReadValue[] {
  const told = at(report.negativeInformation, 'judgements')
  return Array.isArray(told) ? readNumber('judgments', told.length) : []
}

// Seen codes: RJ receivership, LJ liquidation, PCR recovery plan, CRE decision on debts, CI closed for lack of assets.
const procedures = ['courts', 'rncs', 'bodacc', 'otherSources']

/** The newest collective procedure; without one the status decides. */
function insolvency(report: ReportBody): ReadValue[] {
  const all = procedures
    .flatMap(source => entries(at(report.negativeInformation, 'collectiveProcedures', source)))
    .map(entry => ({ code: textAt(entry, 'judgment', 'code') ?? textAt(entry, 'judgment'), day: textAt(entry, 'effectiveDate') ?? '' }))
    .toSorted((one, other) => (one.day < other.day ? 1 : -1))
  const newest = all.find(({ code }) => code)
  if (!newest?.code) return insolvencyByStatus(report)
  return [{ criterion: 'insolvency', value: { is: 'text', text: newest.code }, raw: `${newest.code} ${newest.day}`.trim() }]
}

/** Preferential rights of the tax office and of social funds. Not monitored with a count of 0 means that nobody looked. */
function privileges(report: ReportBody): ReadValue[] {
  const details = at(report.negativeInformation, 'preferentialRightsDetails')
  const count = at(details, 'numberOfActivePreferentialRights')
  const isUnwatched = /not/i.test(textAt(details, 'statusOfMonitoring') ?? '')
  return isUnwatched && Number(count) === 0 ? [] : readNumber('privileges', count)
}
