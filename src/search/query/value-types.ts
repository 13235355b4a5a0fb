import { Temporal } from 'temporal-polyfill'
import { Prisma } from '#platform'

/**
 * What the values of a field are: amounts of money, numbers, days, names of companies (legal form and accents do not matter),
 * texts (any part of them), codes (the whole of it), document numbers (letters and digits only), digits of a telephone number,
 * or one of a few words.
 */
export type ValueType = 'amount' | 'number' | 'day' | 'name' | 'text' | 'code' | 'document' | 'digits' | 'choice'

/** Those that have a more and a less. */
export const isOrdered = (type: ValueType): boolean => type === 'amount' || type === 'number' || type === 'day'

export type ReadValue = { kind: 'value'; value: string } | { kind: 'ambiguous' } | { kind: 'wrong' }

const wrong: ReadValue = { kind: 'wrong' }
const longestText = 200

/** The canonical form of a value as somebody typed it, or that it is none of its type. */
export function readValue(type: ValueType, typed: string, choices: readonly string[] = []): ReadValue {
  const text = typed.trim()
  switch (type) {
    case 'amount':
      return readAmount(text)
    case 'number':
      return readNumber(text)
    case 'day':
      return readDay(text.toLowerCase())
    case 'choice': {
      const value = text.toLowerCase()
      return choices.includes(value) ? { kind: 'value', value } : wrong
    }
    case 'document':
      return /[a-z0-9]/i.test(text) && text.length <= longestText ? { kind: 'value', value: text } : wrong
    case 'digits':
      return /\d{3}/.test(text.replaceAll(/\D/g, '')) && text.length <= longestText ? { kind: 'value', value: text } : wrong
    default:
      return text !== '' && text.length <= longestText ? { kind: 'value', value: text } : wrong
  }
}

const factors: Record<string, number> = { k: 1_000, m: 1_000_000 }

function readAmount(text: string): ReadValue {
  const [, sign = '', whole = '', cents = '', factor = ''] = /^(-?)(\d{1,12})(?:[.,](\d{1,3}))?([kKmM]?)$/.exec(text) ?? []
  if (whole === '') return wrong
  // 10.000 is ten thousand to one reader and ten to the next.
  if (cents.length === 3 && factor === '') return { kind: 'ambiguous' }
  const value = new Prisma.Decimal(`${sign}${whole}.${cents || '0'}`).times(factors[factor.toLowerCase()] ?? 1)
  return { kind: 'value', value: value.toFixed() }
}

function readNumber(text: string): ReadValue {
  const [, number = '', decimals = '0'] = /^(-?\d{1,9})(?:[.,](\d{1,2}))?%?$/.exec(text) ?? []
  return number === '' ? wrong : { kind: 'value', value: new Prisma.Decimal(`${number}.${decimals}`).toFixed() }
}

function readDay(text: string): ReadValue {
  return periodOf(text, Temporal.PlainDate.from('2000-01-01')) ? { kind: 'value', value: text } : wrong
}

const relative: Record<string, Temporal.DurationLike> = { today: { days: 0 }, yesterday: { days: -1 }, tomorrow: { days: 1 } }
const units: Record<string, 'days' | 'weeks' | 'months'> = { d: 'days', w: 'weeks', m: 'months' }

/** The days that a day value means, both included: a year, a month, a day, or a day counted from today (`-30d`, `+2w`, `today`). */
export function periodOf(text: string, today: Temporal.PlainDate): { from: Temporal.PlainDate; to: Temporal.PlainDate } | undefined {
  const word = Object.hasOwn(relative, text) ? relative[text] : undefined
  if (word) return single(today.add(word))
  const [, sign, count, unit = ''] = /^([+-])(\d{1,3})([dwm])$/.exec(text) ?? []
  if (sign && count) return single(today.add({ [units[unit] ?? 'days']: Number(`${sign}${count}`) }))
  const [, year, month, day] = /^((?:19|20|21)\d\d)(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) ?? []
  if (!year) return undefined
  try {
    const from = Temporal.PlainDate.from({ year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) }, { overflow: 'reject' })
    return { from, to: day ? from : from.add(month ? { months: 1 } : { years: 1 }).subtract({ days: 1 }) }
  } catch {
    return undefined // there is no such day in the calendar
  }
}

const single = (day: Temporal.PlainDate) => ({ from: day, to: day })

const expected: Record<ValueType, string> = {
  amount: 'an amount such as 10000, 12500.50 or 10k',
  number: 'a number',
  day: 'a day, month or year (2026-11-30, 2026-11, 2026), today, or days, weeks or months from today (-30d, +2w, -6m)',
  name: 'a name or a part of one',
  text: 'a text',
  code: 'a word',
  document: 'a number with digits or letters',
  digits: 'at least three digits',
  choice: 'one of',
}

/** What a field of this type wants to see, for people. */
export const expectsOf = (type: ValueType, choices: readonly string[] = []): string =>
  type === 'choice' ? `${expected.choice} ${choices.join(', ')}` : expected[type]
