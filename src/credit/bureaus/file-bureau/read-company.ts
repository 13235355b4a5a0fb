import { Temporal } from 'temporal-polyfill'
import type { ReadRow } from '#ledger'
import type { Criterion, CriterionValue, ReadValue } from '../../values/criteria.ts'
import type { FoundCompany } from '../bureau.ts'
import { companyKey } from '../company-key.ts'
import type { CompanyColumn } from './company-columns.ts'
import type { FileBureauSettings } from './file-settings.ts'

/** What a row tells of a company. `fault`: the row names it and could not be read whole, so that nothing of it is believed. */
export type FileCompany = FoundCompany & { court: string | undefined; date: Temporal.PlainDate | undefined; values: ReadValue[]; fault: string | undefined }

/** `elsewhere`: of a country that is another bureau's. `lost`: not even the company could be told. */
export type RowOutcome = { is: 'company'; company: FileCompany } | { is: 'elsewhere' } | { is: 'lost'; fault: string }

type Scales = Pick<FileBureauSettings, 'columns' | 'score' | 'paymentScore' | 'ratings' | 'currency' | 'active'>

/** A row as a company with its values. `countries`: those that the bureau serves; of a single one the file need not say it. */
export function readCompany(row: ReadRow, countries: readonly string[] | undefined, scales: Scales): RowOutcome {
  const text = (column: CompanyColumn): string | undefined => row.values.get(column)?.trim() || undefined
  const country = text('country') ?? (countries?.length === 1 ? countries[0] : undefined)
  const faults = row.problems.map(({ column, problem }) => (column ? `${column}: ${problem}` : problem))
  const lost = (column: CompanyColumn, problem: string): RowOutcome => ({ is: 'lost', fault: faults.join('; ') || `${labelOf(column, scales)}: ${problem}` })
  if (!country) return lost('country', 'the row has none')
  if (countries && !countries.includes(country)) return { is: 'elsewhere' }
  const [registrationNumber, vatNumber] = [text('company_number'), text('vat_number')]
  const number = companyKey(country, registrationNumber ?? vatNumber)
  const companyId = text('id') ?? (number && `${country}-${number}`)
  if (!companyId) return lost('company_number', 'the row has no number of a company')

  const values = readValues(row, scales, fault => faults.push(fault))
  const day = text('date')
  return {
    is: 'company',
    company: {
      companyId,
      country,
      name: text('name') ?? companyId,
      registrationNumber,
      vatNumbers: vatNumber ? [vatNumber] : [],
      address: text('address'),
      city: undefined,
      postalCode: undefined,
      status: text('status'),
      isHeadOffice: true,
      court: text('court'),
      date: day ? Temporal.PlainDate.from(day) : undefined,
      values,
      fault: faults.length > 0 ? faults.join('; ') : undefined,
    },
  }
}

type Tell = (fault: string) => void

const labelOf = (column: CompanyColumn, { columns }: Scales): string => columns[column] ?? column

/** An empty cell of a score, a rating or a limit means that the bureau has none; other empty cells tell nothing. */
function readValues(row: ReadRow, scales: Scales, tell: Tell): ReadValue[] {
  const { score, paymentScore, ratings, currency, active } = scales
  const cell = (column: CompanyColumn, read: (text: string) => CriterionValue | string, empty?: CriterionValue): ReadValue[] => {
    const raw = row.values.get(column)?.trim()
    if (raw === undefined || (raw === '' && !empty)) return []
    const value = raw === '' ? (empty ?? none) : read(raw)
    if (typeof value !== 'string') return [{ criterion: criterionOf(column), value, raw }]
    tell(`${labelOf(column, scales)}: ${value}`)
    return []
  }
  const named = row.values.get('currency') || currency
  return [
    ...cell('score', text => onScale(text, score), none),
    ...cell('payment_score', text => onScale(text, paymentScore), none),
    ...cell('rating', text => letterOf(text, ratings), none),
    ...cell('international_rating', text => internationalOf(text), none),
    ...cell('credit_limit', text => amountOf(text, row.values.get('credit_limit currency') ?? named), none),
    ...cell('contract_limit', text => amountOf(text, row.values.get('contract_limit currency') ?? named), none),
    ...cell('days_beyond_terms', text => ({ is: 'number', number: text })),
    ...cell('judgments', countOf),
    ...cell('privileges', countOf),
    ...cell('insolvency', text => (/^(?:-|0|no|none|nee|non|nein|nie|false)$/i.test(text) ? none : plain(text)), none),
    ...cell('status', text => ({ is: 'text', text, key: active.some(word => word.toLowerCase() === text.toLowerCase()) ? 'ACTIVE' : text.toUpperCase() })),
    ...cell('parent', plain),
    ...cell('name', plain),
    ...cell('address', plain),
    ...cell('risk', plain),
  ]
}

const none: CriterionValue = { is: 'none' }
const plain = (text: string): CriterionValue => ({ is: 'text', text })

// A column that holds a criterion has its name.
const criterionOf = (column: CompanyColumn): Criterion => column as Criterion

function onScale(number: string, scale: FileBureauSettings['score']): CriterionValue | string {
  if (!scale) return { is: 'number', number }
  const { worst, best } = scale
  const isOnIt = Number(number) >= Math.min(worst, best) && Number(number) <= Math.max(worst, best)
  return isOnIt ? { is: 'number', number, min: String(worst), max: String(best) } : `${number} lies outside of its scale of ${worst} to ${best}`
}

function letterOf(text: string, letters: string[] | undefined): CriterionValue | string {
  if (!letters) return { is: 'text', text }
  const letter = letters.find(each => each.toUpperCase() === text.toUpperCase())
  return letter === undefined ? 'the rating is none of those that the settings name' : { is: 'text', text: letter, letters }
}

const internationalOf = (text: string): CriterionValue | string =>
  /^[A-E]$/i.test(text) ? { is: 'text', text: text.toUpperCase() } : 'the international rating is a letter from A to E'

const amountOf = (amount: string, currency: string | undefined): CriterionValue | string =>
  amount.startsWith('-') ? 'a limit is not negative' : { is: 'money', amount, ...(currency && { currency }) }

const countOf = (text: string): CriterionValue | string =>
  /^\d{1,6}(?:\.0+)?$/.test(text) ? { is: 'number', number: String(Number(text)) } : 'the value is no count'
