import { currencyDigits } from '../money.ts'

/** The value as the database wants it, or what is wrong with it and how to mend it. */
export type Parsed = { value: string } | { problem: string }
export type ValueParser = (text: string) => Parsed

/** A longer piece of a text keeps the whole text alive in V8, here a piece of the file: it must not be remembered. */
const shortText = 12

export type DecimalMark = ',' | '.'

/** A parser for dates in the given formats, tried in order; the value is ISO. Two-digit years lie between 1970 and 2069. */
export function dateParser(formats: string[]): ValueParser {
  const readers = formats.map(dateReader)
  const seen = new Map<string, Parsed>() // a file has few different dates
  return text => {
    const known = seen.get(text)
    if (known) return known
    const value = readers.map(read => read(text)).find(date => date !== undefined)
    const parsed = value ? { value } : { problem: `${shape(text)} is not a date of the form ${formats.join(' or ')}` }
    if (seen.size < 20_000 && text.length <= shortText) seen.set(text, parsed)
    return parsed
  }
}

function dateReader(format: string): (text: string) => string | undefined {
  const groups: string[] = []
  const pattern = format.replace(/d+|M+|y+|[-/. ]/g, part => {
    if (!/^[dMy]/.test(part)) return `\\${part}`
    groups.push(part[0] ?? '')
    return part.length === 1 ? '(\\d{1,2})' : `(\\d{${part.length}})`
  })
  const expression = new RegExp(`^${pattern}(?:[T ]\\d{1,2}:\\d{2}.*)?$`) // a time of day behind it says nothing about a due date
  return text => {
    const match = expression.exec(text)
    if (!match) return undefined
    const part = (name: string) => Number(match[groups.indexOf(name) + 1])
    const given = part('y')
    const year = given >= 100 ? given : given + (given < 70 ? 2000 : 1900)
    return isoDate(year, part('M'), part('d'))
  }
}

function isoDate(year: number, month: number, day: number): string | undefined {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  if (year < 1970 || year > 2199 || day < 1 || day > days) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** A parser for amounts: thousands may be grouped, a minus may stand behind, a currency sign may stand beside. The value has a decimal point. */
export function amountParser(mark: DecimalMark): ValueParser {
  const plain = mark === '.' ? /^-?\d{1,15}(?:\.\d{1,3})?$/ : /^-?\d{1,15}(?:,\d{1,3})?$/
  const grouped =
    mark === '.' ? /^\d{1,3}(?:[,' ]\d{3})+(?:\.\d{1,3})?$|^\d{1,15}(?:\.\d{1,3})?$/ : /^\d{1,3}(?:[.' ]\d{3})+(?:,\d{1,3})?$|^\d{1,15}(?:,\d{1,3})?$/
  return text => {
    if (plain.test(text)) return { value: mark === '.' ? text : text.replace(',', '.') }
    const bare = text
      .replace(/[\u00a0\u202f\u2009]/g, ' ')
      .replace(/[\u2019]/g, "'")
      .replace(/\u2212/g, '-')
      .replace(/^(?:[€$£]|zł|[A-Z]{3})|(?:[€$£]|zł|[A-Z]{3})$/g, '')
      .trim() // prettier-ignore
    const negative = /^-|-$|^\(.*\)$/.test(bare)
    const digits = bare.replace(/^[-+(]|[-)]$/g, '').trim()
    if (!grouped.test(digits)) {
      return {
        problem: `${shape(text)} is not an amount with "${mark}" before the decimals; set "decimal" in the mapping file if the file writes them otherwise`,
      }
    }
    const value = digits.replace(mark === '.' ? /[,' ]/g : /[.' ]/g, '').replace(',', '.')
    return { value: negative ? `-${value}` : value }
  }
}

/** The decimal mark that amounts of a file show, or undefined when both or none are seen. */
export function detectDecimalMark(amounts: string[]): DecimalMark | 'both' | undefined {
  const comma = amounts.some(text => /,\d{1,2}\D*$|\d\.\d{3},\d/.test(text))
  const point = amounts.some(text => /\.\d{1,2}\D*$|\d,\d{3}\.\d/.test(text))
  if (comma && point) return 'both'
  if (comma) return ','
  return point ? '.' : undefined
}

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

/** A two-letter country code (ISO 3166-1). */
export const parseCountry: ValueParser = cached(text => {
  const code = text.toUpperCase()
  const value = countryAliases[code] ?? code
  return /^[A-Z]{2}$/.test(value) && regions.of(value)
    ? { value }
    : { problem: `${shape(text)} is not a two-letter country code; translate it with "values" in the mapping file` }
})

/** A two-letter language code (ISO 639-1), also out of a tag such as nl-BE. */
export const parseLanguage: ValueParser = cached(text => {
  const value = text.toLowerCase().split(/[-_]/)[0] ?? ''
  return /^[a-z]{2}$/.test(value) && languages.of(value)
    ? { value }
    : { problem: `${shape(text)} is not a two-letter language code; translate it with "values" in the mapping file` }
})

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** A three-letter currency code (ISO 4217). */
export const parseCurrency: ValueParser = cached(text => {
  const value = text.toUpperCase()
  return currencies.has(value) ? { value } : { problem: `${shape(text)} is not a currency code such as EUR; translate it with "values" in the mapping file` }
})

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

function cached(parse: ValueParser): ValueParser {
  const seen = new Map<string, Parsed>()
  return text => {
    const known = seen.get(text)
    if (known) return known
    const parsed = parse(text)
    if (seen.size < 1000 && text.length <= shortText) seen.set(text, parsed)
    return parsed
  }
}

/** A value in an error: short, since a shifted row may have anything in this column. */
const shape = (text: string): string => `"${text.length > 24 ? `${text.slice(0, 24)}…` : text}"`
