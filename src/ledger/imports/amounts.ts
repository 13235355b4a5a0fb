import { type Parsed, shape, type ValueParser } from './parsed.ts'

export type DecimalMark = ',' | '.'

/** What a cell says about its column: its decimal mark, `unclear` for 1.234 or 1,234 alone, nothing for 1234. */
type Sign = DecimalMark | 'unclear' | undefined

/** Of a dozen countries: which one, only the row or its book can say. */
export const dollarSign = '$'

const signs: [RegExp, string][] = [
  [/€/g, 'EUR'],
  [/£/g, 'GBP'],
  [/zł/gi, 'PLN'],
  [/US\$/gi, 'USD'],
  [/\$/g, dollarSign],
]
const codes = new Set(Intl.supportedValuesOf('currency'))

type Bare = { digits: string; isNegative: boolean; currency: string | undefined }

/** An amount without its sign and currency: `-€ 1.234,00`, `(1.234,00)`, `1.234,00-`, `1.234,00 CR`. What is half of a sign, or two, stays in the digits. */
function stripAmount(text: string): Bare {
  let rest = text
    .replace(/[\u00a0\u202f\u2009\u2007]/g, ' ')
    .replace(/[\u2019]/g, "'")
    .replace(/[\u2212\u2013]/g, '-') // prettier-ignore
    .trim()
  let currency: string | undefined
  for (const [sign, code] of signs) {
    const without = rest.replace(sign, '')
    if (without !== rest) currency ??= code
    rest = without
  }
  // CR and the German H(aben) are credits, DR and S(oll) debits.
  const side = /\s*(?<![A-Z])(CR|DR|C|D|H|S)\.?$/i.exec(rest)
  if (side) rest = rest.slice(0, side.index)
  const isCredit = /^[CH]/i.test(side?.[1] ?? '')
  const code = /^([+(-]?\s*)([A-Z]{3})(?=[\s\d+(-])|(?<=[\s\d)-])([A-Z]{3})$/.exec(rest.trim())
  const named = code?.[2] ?? code?.[3] ?? ''
  if (codes.has(named)) {
    currency = named
    rest = rest.replace(named, '')
  }
  rest = rest.trim()
  const below = belowZero.map(form => form.exec(rest)?.[1]).find(digits => digits !== undefined)
  // A credit of minus ten: ten less, or ten more?
  if (below !== undefined && isCredit) return { digits: text, isNegative: false, currency }
  return { digits: below?.trim() ?? rest.replace(/^\+\s*/, ''), isNegative: isCredit || below !== undefined, currency }
}

const belowZero = [/^\(([^()+-]*)\)$/, /^-([^()+-]*)$/, /^([^()+-]*)-$/]

/** What one cell shows of how its column writes decimals. */
export function signOf(text: string): Sign {
  const { digits } = stripAmount(text)
  if (!/^[\d.,' ]+$/.test(digits)) return undefined
  const marks = digits.replace(/[\d' ]/g, '')
  const last = marks.at(-1) as DecimalMark | undefined
  if (last === undefined) return undefined
  const other = last === ',' ? '.' : ','
  if (marks.includes(other)) return last
  if (marks.length > 1) return other // 1.234.567
  const [head = '', tail = ''] = digits.split(last)
  const isGroup = tail.length === 3 && /^[1-9]\d{0,2}$/.test(head)
  return isGroup ? 'unclear' : last
}

/** A parser for amounts: thousands may be grouped, a minus may stand behind, a currency beside. The value has a decimal point. */
export function amountParser(mark: DecimalMark): ValueParser {
  const plain = mark === '.' ? /^-?\d{1,15}(?:\.\d{1,3})?$/ : /^-?\d{1,15}(?:,\d{1,3})?$/
  const grouped =
    mark === '.'
      ? /^\d{1,3}(?:[,' ]\d{3})+(?:\.\d{0,4})?$|^\d{1,15}(?:\.\d{0,4})?$|^\.\d{1,4}$/
      : /^\d{1,3}(?:[.' ]\d{3})+(?:,\d{0,4})?$|^\d{1,15}(?:,\d{0,4})?$|^,\d{1,4}$/
  return text => {
    if (plain.test(text)) return { value: mark === '.' ? text : text.replace(',', '.') }
    const { digits, isNegative, currency } = stripAmount(text)
    if (!grouped.test(digits)) return { problem: whatIsWrong(text, mark) }
    const value = digits
      .replace(mark === '.' ? /[,' ]/g : /[.' ]/g, '')
      .replace(',', '.')
      .replace(/^\./, '0.')
      .replace(/\.$/, '') // prettier-ignore
    return { value: isNegative && /[1-9]/.test(value) ? `-${value}` : value, ...(currency && { currency }) } satisfies Parsed
  }
}

function whatIsWrong(text: string, mark: DecimalMark): string {
  if (isScientific(text)) return `${shape(text)} was shortened by a spreadsheet: write it out in full, or export the list again`
  if (text.startsWith('#')) return `${shape(text)} is a fault of the spreadsheet, not an amount`
  if (/-.*\b(?:CR|C|H)\.?$/i.test(text)) return `${shape(text)} has a minus and the mark of a credit: export the amounts with one of them`
  return `${shape(text)} is not an amount with "${mark}" before the decimals; set "decimal" in the mapping file if the file writes them otherwise`
}

/** Whether a spreadsheet turned a long number into 1.23457E+11: its digits are gone. */
export const isScientific = (text: string): boolean => text.length > 4 && text.length < 30 && /^-?\d(?:[.,]\d+)?E\+\d{1,3}$/i.test(text)
