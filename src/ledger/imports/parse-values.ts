import { currencyDigits } from '../money.ts'
import { isScientific } from './amounts.ts'
import { remembering, shape, type ValueParser } from './parsed.ts'

/** What is wrong with the number of decimals, if anything: EUR has two, JPY none, KWD three. */
export function excessDecimals(amount: string | null, currency: string): string | undefined {
  if (amount === null) return undefined
  const point = amount.indexOf('.')
  if (point < 0) return undefined
  const digits = currencyDigits(currency)
  const excess = amount.slice(point + 1 + digits)
  return /[1-9]/.test(excess) ? `${amount} has more decimals than ${currency} has (${digits})` : undefined
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
const countryAliases: Record<string, string> = { UK: 'GB', EL: 'GR' }
const few = 1000

/** A two-letter country code (ISO 3166-1). */
export const parseCountry: ValueParser = remembering(few, text => {
  const code = text.toUpperCase()
  const value = countryAliases[code] ?? code
  return /^[A-Z]{2}$/.test(value) && regions.of(value)
    ? { value }
    : { problem: `${shape(text)} is not a two-letter country code; translate it with "values" in the mapping file` }
})

/** A two-letter language code (ISO 639-1), also out of a tag such as nl-BE. */
export const parseLanguage: ValueParser = remembering(few, text => {
  const value = text.toLowerCase().split(/[-_]/)[0] ?? ''
  return /^[a-z]{2}$/.test(value) && languages.of(value)
    ? { value }
    : { problem: `${shape(text)} is not a two-letter language code; translate it with "values" in the mapping file` }
})

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** A three-letter currency code (ISO 4217). */
export const parseCurrency: ValueParser = remembering(few, text => {
  const value = text.toUpperCase()
  return currencies.has(value) ? { value } : { problem: `${shape(text)} is not a currency code such as EUR; translate it with "values" in the mapping file` }
})

const sides: Record<string, string> = Object.fromEntries([
  ...'+ d dr debit debet soll s wn obciążenie'.split(' ').map(word => [word, '+']),
  ...'- c cr credit crédit kredit haben h k ma uznanie'.split(' ').map(word => [word, '-']),
])

/** Debit (`+`) or credit (`-`), as bookkeepers of five countries mark them. */
export const parseSide: ValueParser = text => {
  const value = sides[text.toLowerCase().replace(/\.$/, '')]
  return value ? { value } : { problem: `${shape(text)} is neither debit nor credit; translate it to + or - with "values" in the mapping file` }
}

/** A number of an invoice, a debtor or an order, which a spreadsheet may have destroyed. */
export const parseNumber: ValueParser = text => {
  if (isScientific(text))
    return { problem: `${shape(text)} was a number that a spreadsheet shortened: its digits are lost; format the column as text and export it again` }
  if (/^\d+\.0$/.test(text)) return { problem: `${shape(text)} was a number that a program took for an amount; format the column as text and export it again` }
  return { value: text }
}

/** Whether a cell shows a fault of a spreadsheet, as `#REF!`. */
export const isSheetFault = (text: string): boolean =>
  text.startsWith('#') && /^#(?:N\/A|NV|N\/D|REF!|VALUE!|WERT!|VALEUR!|ARG!|ADR!|NAME\?|VERW!|WAARDE!|DIV\/0!|#+)$/i.test(text)

const address = /^[^\s@<>"(),;:\\[\]]+@[^\s@<>"(),;:\\[\]]+\.[^\s@<>"(),;:\\[\].]{2,}$/

/** One or more mail addresses between `;`, `,` or spaces, lower case, without repeats; the value has one a line. */
export const parseEmails: ValueParser = text => {
  const emails = [
    ...new Set(
      text
        .toLowerCase()
        .split(/[;,\s]+/)
        .filter(part => part !== ''),
    ),
  ] // prettier-ignore
  const wrong = emails.find(email => !address.test(email) || email.length > 254)
  return wrong === undefined ? { value: emails.join('\n') } : { problem: 'the value is not a mail address, or several between semicolons' }
}
