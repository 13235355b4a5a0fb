/** An amount of money in a text: a decimal string with a dot, and its currency when one is named. */
export type AmountMention = { start: number; end: number; value: string; currency: string | undefined }

const currencies: Record<string, string> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '£': 'GBP',
  gbp: 'GBP',
  pounds: 'GBP',
  $: 'USD',
  usd: 'USD',
  zl: 'PLN',
  pln: 'PLN',
  zlotych: 'PLN',
  zlote: 'PLN',
  chf: 'CHF',
  sek: 'SEK',
  dkk: 'DKK',
  nok: 'NOK',
  czk: 'CZK',
  fr: 'CHF',
  sfr: 'CHF',
  quid: 'GBP',
  pond: 'GBP',
  dollars: 'USD',
  teur: 'EUR',
  zloty: 'PLN',
}
const sign = String.raw`€|£|\$|(?:euros?|eur|teur|gbp|pounds|quid|pond|usd|dollars|s?fr(?=[.]?\s{0,2}\d|[.,;!?\s]|$)|zlotych|zloty|zlote|zl|pln|chf|sek|dkk|nok|czk)(?![a-z])`
const numberSource = String.raw`\d{1,3}(?:[ .,']\d{3}(?!\d)){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,4})?(?!\d)`
const scale = String.raw`(?:\s?(?<scale>k|tys\.?|tsd\.?|duizend|tausend|mille|thousand)(?![a-z]))?`
const tail = String.raw`(?:[.,]?-{1,2}|,-)?`
const plainSize = 100_000_000_000

const withSign = new RegExp(
  String.raw`(?<![\w.,-])(?<before>${sign})\.?\s{0,2}(?<number>${numberSource})${scale}${tail}|(?<![\w.,\/-])(?<number2>${numberSource})${scale.replace('<scale>', '<scale2>')}${tail}\s{0,2}(?<after>${sign})`,
  'g',
)
const twoDecimals =
  /(?<![\w.,/-])(?:\d{1,3}(?:[ .,']\d{3}(?!\d)){1,4}|\d{1,9})[.,]\d{2}(?![\w%/]|[.,-]\d|\s?(?:%|uur|uhr|h(?![a-z])|a\.?m\.?(?![a-z])|p\.?m\.?(?![a-z])|procent|prozent|percent|pour\scent))/g

/** "1.250,-" and "2.5k" are money without a currency's sign. */
const moneyOnly = new RegExp(String.raw`(?<![\w.,/-])(?:(?<number>${numberSource})[.,]-{1,2}|(?<thousands>\d{1,4}(?:[.,]\d{1,2})?)\s?k)(?![\w-])`, 'g')

/** The amounts in a folded text, in order. Without a currency a number counts only when it is written as money. */
export function findAmounts(folded: string): AmountMention[] {
  const found: AmountMention[] = []
  for (const match of folded.matchAll(withSign)) {
    const { before = '', after = '', number, number2, scale: k1, scale2 } = match.groups ?? {}
    const value = toDecimal(number ?? number2 ?? '', Boolean(k1 ?? scale2) || (before || after) === 'teur')
    if (value) found.push({ start: match.index, end: match.index + match[0].length, value, currency: currencies[before || after] })
    if (found.length === 200) return found
  }
  for (const match of folded.matchAll(twoDecimals)) {
    const [start, end] = [match.index, match.index + match[0].length]
    if (found.length === 200) break
    if (found.some(other => start < other.end && other.start < end)) continue
    const value = toDecimal(match[0], false)
    if (value) found.push({ start, end, value, currency: undefined })
  }
  for (const match of folded.matchAll(moneyOnly)) {
    const [start, end] = [match.index, match.index + match[0].length]
    if (found.length === 200) break
    if (found.some(other => start < other.end && other.start < end)) continue
    const { number, thousands } = match.groups ?? {}
    const value = toDecimal(number ?? thousands ?? '', thousands !== undefined)
    if (value) found.push({ start, end, value, currency: undefined })
  }
  return found.toSorted((a, b) => a.start - b.start)
}

/**
 * Digits as written in any of our countries, as a decimal string. The last separator is the decimal one when it stands
 * before one or two digits; three digits after a lone separator are thousands.
 */
export function toDecimal(written: string, inThousands: boolean): string | undefined {
  const parts = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(written)
  const whole = (parts?.[1] ?? '').replace(/[ .,']/g, '')
  const decimals = parts?.[2] ?? ''
  if (!/^\d{1,12}$/.test(whole) || Number(whole) > plainSize) return undefined
  if (!inThousands) return decimals === '' ? strip(whole) : `${strip(whole)}.${decimals.padEnd(2, '0')}`
  return strip(`${whole}${decimals.padEnd(3, '0')}`)
}

const strip = (whole: string): string => whole.replace(/^0+(?=\d)/, '')
