import { isIban } from '../../references/payment-references.ts'
import { amountParser } from '../amounts.ts'
import { dateParser, datesInOrder } from '../dates.ts'
import type { Field } from '../fields.ts'
import { parseCountry, parseCurrency, parseEmails, parseLanguage, parseSide } from '../parse-values.ts'
import type { ValueParser } from '../parsed.ts'
import { codeOfName } from './name-codes.ts'

/** What the cells of one column have in common; shares are of the cells that are filled. */
export type ColumnLook = {
  filled: number
  /** Filled cells among all rows. */
  share: number
  different: number
  samples: string[]
  dates: number
  amounts: number
  emails: number
  countries: number
  currencies: number
  languages: number
  ibans: number
  /** Cells with a letter. */
  words: number
  /** Cells with a digit. */
  digits: number
}

const dayFirst = dateParser({ ...datesInOrder('day_first'), eight: 'yyyyMMdd' })
const monthFirst = dateParser(datesInOrder('month_first'))
const [comma, point] = [amountParser(','), amountParser('.')]
const reads = (parse: ValueParser, text: string): boolean => 'value' in parse(text)

/** Looks at the cells of one column. */
export function lookAtColumn(cells: string[]): ColumnLook {
  const filled = cells.map(cell => cell.trim()).filter(cell => cell !== '')
  const shareOf = (test: (text: string) => boolean) => (filled.length === 0 ? 0 : filled.filter(test).length / filled.length)
  const values = [...new Set(filled)]
  return {
    filled: filled.length,
    share: cells.length === 0 ? 0 : filled.length / cells.length,
    different: filled.length === 0 ? 0 : values.length / filled.length,
    samples: values.slice(0, 3),
    dates: shareOf(text => reads(dayFirst, text) || reads(monthFirst, text)),
    amounts: shareOf(text => reads(comma, text) || reads(point, text)),
    emails: shareOf(text => text.includes('@') && reads(parseEmails, text)),
    countries: shareOf(text => reads(parseCountry, text) || codeOfName('country', text) !== undefined),
    currencies: shareOf(text => reads(parseCurrency, text) || codeOfName('currency', text) !== undefined),
    languages: shareOf(text => (text.length <= 5 && reads(parseLanguage, text)) || codeOfName('language', text) !== undefined),
    ibans: shareOf(isIban),
    words: shareOf(text => /\p{L}{2}/u.test(text)),
    digits: shareOf(text => /\d/.test(text)),
  }
}

const most = (share: number): number => (share >= 0.5 ? share : 0)

/** How well the content of a column fits a field: 0 when it cannot be that, 1 when it could hardly be anything else. */
export function contentScore(look: ColumnLook, { name, kind }: Field): number {
  if (look.filled === 0) return 0.3
  if (look.ibans > 0.5) return 0
  switch (kind) {
    case 'date':
      return most(look.dates)
    case 'amount':
      return look.samples.every(text => /^[01]$/.test(text)) ? 0 : most(look.amounts) // a column of yes and no
    case 'emails':
      return look.emails >= 0.5 ? look.emails : 0
    case 'side':
      return look.samples.every(text => reads(parseSide, text)) ? 1 : 0
    case 'country':
      return most(look.countries)
    case 'currency':
      return most(look.currencies)
    case 'language':
      return most(look.languages)
    default:
      return textScore(look, name)
  }
}

function textScore(look: ColumnLook, name: string): number {
  const isOther = look.emails > 0.5 || (look.dates > 0.9 && look.samples.some(text => /[-/.]/.test(text)))
  if (isOther) return 0
  const hasDecimals = look.samples.length > 0 && look.samples.every(text => /\d[.,]\d{2}$/.test(text))
  switch (name) {
    case 'invoice_number':
      return look.digits < 0.5 || hasDecimals ? 0 : look.different > 0.6 ? 0.9 : 0.4
    case 'debtor_number':
      return hasDecimals || look.samples.some(text => text.length > 30) ? 0 : look.digits > 0.5 ? 0.9 : look.samples.every(text => !/\s/.test(text)) ? 0.6 : 0.1
    case 'debtor_name':
      return look.words < 0.8 ? 0 : look.samples.some(text => /\s/.test(text)) ? 0.9 : 0.6
    case 'phone':
      return look.digits > 0.8 && look.samples.every(text => text.replace(/\D/g, '').length >= 6) ? 0.9 : 0
    case 'company_number':
    case 'vat_number':
      return look.digits > 0.8 && look.samples.every(text => text.replace(/\W/g, '').length >= 6) ? 0.9 : 0
    case 'contact_name':
    case 'legal_form':
      return look.words > 0.7 && look.digits < 0.3 ? 0.8 : 0
    default:
      return 0.6
  }
}
