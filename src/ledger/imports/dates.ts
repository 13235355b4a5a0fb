import { Temporal } from 'temporal-polyfill'
import { monthNumber } from './month-names.ts'
import { type Parsed, remembering, shape, type ValueParser } from './parsed.ts'

export type DateOrder = 'day_first' | 'month_first'

/** How a file writes the dates that could be read in two ways: by separator for 03/04/2026, and for 8 or 6 digits in a row. */
export type DateNotation = { orders: Record<string, DateOrder>; eight: 'yyyyMMdd' | 'ddMMyyyy'; six: 'yyMMdd' | 'ddMMyy' }

/** A date that the whole file leaves open, as it stands there. */
export type UnclearDate = { kind: 'unclear' | 'mixed' | 'year_unclear'; text: string }

const numeric = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/
const yearFirst = /^(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})$/
const dayAndName = /^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:\.|er|e|st|nd|rd|th)?[\s./-]*(\p{L}+)\.?[\s.,/-]*(\d{4}|\d{2})$/u
const nameAndDay = /^(\p{L}+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u
const yearAndName = /^(\d{4})[\s-](\p{L}+)[\s-](\d{1,2})$/u
const time = /(?:T|,?\s+)\d{1,2}:\d{2}.*$/ // a time of day behind a date says nothing about a due date
/** Late in the evening of UTC it is the next day already where these ledgers are kept: then the date is not the one that was meant. */
const lateInUtc = /[T ]2[23]:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]00:?00)$/
const serial = /^([2-7]\d{4})(?:[.,]\d+)?$/

/** `firsts`, `lasts`: the ends of dates that have two digits everywhere. */
type SeenDates = { dayFirst?: string; monthFirst?: string; open?: string; short?: string; firsts: Set<string>; lasts: Set<string> }

const isOpen = ({ dayFirst, monthFirst, open }: SeenDates): boolean => open !== undefined && dayFirst === undefined && monthFirst === undefined

/** In 26/03/14 the year may stand in front: so it seems where the last part changes more than the first, as days do and years do not. */
const mayBeginWithYear = ({ firsts, lasts }: SeenDates): boolean =>
  lasts.size > firsts.size && [...lasts].every(last => Number(last) >= 1 && Number(last) <= 31)

/** Gathers what the dates of a file say about the order of day and month; ISO dates, month names and Excel's day numbers are never in doubt. */
export function judgeDates() {
  const seen = new Map<string, SeenDates>()
  const eight = { yyyyMMdd: true, ddMMyyyy: true, text: '' }
  const six = { yyMMdd: true, ddMMyy: true, text: '' }

  function add(given: string): void {
    const text = given.replace(time, '')
    const match = numeric.exec(text)
    if (match) {
      const [, one = '', separator = '', two = '', last = ''] = match
      const found: SeenDates = seen.get(separator) ?? { firsts: new Set(), lasts: new Set() }
      if (last.length === 2) {
        found.short ??= text
        found.firsts.add(one)
        found.lasts.add(last)
      }
      if (Number(one) > 12) found.dayFirst ??= text
      else if (Number(two) > 12) found.monthFirst ??= text
      else if (one !== two) found.open ??= text
      seen.set(separator, found)
    } else if (/^\d{8}$/.test(text)) {
      eight.text ||= text
      eight.yyyyMMdd &&= isoOf(text.slice(0, 4), text.slice(4, 6), text.slice(6)) !== undefined
      eight.ddMMyyyy &&= isoOf(text.slice(4), text.slice(2, 4), text.slice(0, 2)) !== undefined
    } else if (/^\d{6}$/.test(text)) {
      six.text ||= text
      six.yyMMdd &&= isoOf(text.slice(0, 2), text.slice(2, 4), text.slice(4)) !== undefined
      six.ddMMyy &&= isoOf(text.slice(4), text.slice(2, 4), text.slice(0, 2)) !== undefined
    }
  }

  return {
    add,
    /** Whether more rows could change the verdict for what was seen so far. */
    isSettled: () => ![...seen.values()].some(isOpen) && !(six.text && six.yyMMdd && six.ddMMyy),
    /** What the dates are, or one that cannot be told. Between dots and hyphens nobody puts the month first. */
    verdict: (): DateNotation | UnclearDate => {
      const orders: Record<string, DateOrder> = {}
      for (const [separator, found] of seen) {
        if (mayBeginWithYear(found)) return { kind: 'year_unclear', text: found.short ?? '' }
        if (found.dayFirst !== undefined && found.monthFirst !== undefined) return { kind: 'mixed', text: `${found.dayFirst} and ${found.monthFirst}` }
        if (separator === '/' && isOpen(found)) return { kind: 'unclear', text: found.open ?? '' }
        orders[separator] = found.monthFirst === undefined ? 'day_first' : 'month_first'
      }
      if (six.text && six.yyMMdd && six.ddMMyy) return { kind: 'year_unclear', text: six.text }
      return { orders, eight: eight.yyyyMMdd || !eight.ddMMyyyy ? 'yyyyMMdd' : 'ddMMyyyy', six: six.yyMMdd || !six.ddMMyy ? 'yyMMdd' : 'ddMMyy' }
    },
  }
}

/** The notation of a mapping that says which comes first. */
export const datesInOrder = (order: DateOrder): DateNotation => ({
  orders: Object.fromEntries(['-', '/', '.', ' '].map(separator => [separator, order])),
  eight: 'yyyyMMdd',
  six: 'ddMMyy',
})

/** A parser for every way in which dates are written; the value is ISO. Two-digit years lie between 1970 and 2069. */
export function dateParser(notation: DateNotation): ValueParser {
  return remembering(20_000, given => {
    if (lateInUtc.test(given))
      return { problem: `${shape(given)} is late in the evening of UTC, which may be the next day where you are; export dates without a time` }
    const value = readDate(given.replace(time, ''), notation)
    return value ? { value } : { problem: `${shape(given)} is not a date that is understood; say in the mapping file how "dates" are written` }
  })
}

function readDate(text: string, { orders, eight, six }: DateNotation): string | undefined {
  const iso = yearFirst.exec(text)
  if (iso) return isoOf(iso[1], iso[3], iso[4])
  const plain = numeric.exec(text)
  if (plain) return orders[plain[2] ?? ''] === 'month_first' ? isoOf(plain[4], plain[1], plain[3]) : isoOf(plain[4], plain[3], plain[1])
  if (/^\d{8}$/.test(text)) {
    return eight === 'yyyyMMdd' ? isoOf(text.slice(0, 4), text.slice(4, 6), text.slice(6)) : isoOf(text.slice(4), text.slice(2, 4), text.slice(0, 2))
  }
  if (/^\d{6}$/.test(text)) {
    return six === 'yyMMdd' ? isoOf(text.slice(0, 2), text.slice(2, 4), text.slice(4)) : isoOf(text.slice(4), text.slice(2, 4), text.slice(0, 2))
  }
  const days = serial.exec(text)
  if (days) return ofSerial(Number(days[1]))
  const named = dayAndName.exec(text)
  if (named) return isoOf(named[3], monthNumber(named[2]), named[1])
  const american = nameAndDay.exec(text)
  if (american) return isoOf(american[3], monthNumber(american[1]), american[2])
  const sorted = yearAndName.exec(text)
  return sorted ? isoOf(sorted[1], monthNumber(sorted[2]), sorted[3]) : undefined
}

/** Excel counts days from 1899-12-30 (it believes in a 29 February 1900, which no ledger is old enough to meet). */
function ofSerial(days: number): string {
  return Temporal.PlainDate.from('1899-12-30').add({ days }).toString()
}

/** A parser for dates in given formats such as dd-MM-yyyy, tried in order; the value is ISO. */
export function formattedDateParser(formats: string[]): ValueParser {
  const readers = formats.map(formatReader)
  return remembering(20_000, (text): Parsed => {
    const value = readers.map(read => read(text)).find(date => date !== undefined)
    return value ? { value } : { problem: `${shape(text)} is not a date of the form ${formats.join(' or ')}` }
  })
}

function formatReader(format: string): (text: string) => string | undefined {
  const groups: string[] = []
  const pattern = format.replace(/d+|M+|y+|[-/. ]/g, part => {
    if (!/^[dMy]/.test(part)) return `\\${part}`
    groups.push(part[0] ?? '')
    return part.length === 1 ? '(\\d{1,2})' : `(\\d{${part.length}})`
  })
  const expression = new RegExp(`^${pattern}(?:[T ]\\d{1,2}:\\d{2}.*)?$`)
  return text => {
    const match = expression.exec(text)
    return match ? isoOf(match[groups.indexOf('y') + 1], match[groups.indexOf('M') + 1], match[groups.indexOf('d') + 1]) : undefined
  }
}

function isoOf(givenYear: string | undefined, givenMonth: string | number | undefined, givenDay: string | undefined): string | undefined {
  const [year, month, day] = [Number(givenYear), Number(givenMonth), Number(givenDay)]
  return isoDate(givenYear?.length === 2 ? year + (year < 70 ? 2000 : 1900) : year, month, day)
}

function isoDate(year: number, month: number, day: number): string | undefined {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  if (!(year >= 1970) || year > 2199 || day < 1 || !(day <= days)) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
