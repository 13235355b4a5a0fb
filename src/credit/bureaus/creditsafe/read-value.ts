import type { Criterion, CriterionValue, ReadValue } from '../../values/criteria.ts'

// Texts of the bureau to values of ours. Only plain decimals count as numbers; what else stands there ("Not Rated", a sentence) is kept as raw text.

type Told = string | null | undefined

const numberOf = (told: Told): string | undefined => (told && /^-?\d+(\.\d+)?$/.test(told.trim()) ? told.trim() : undefined)

/**
 * A score on its own scale, from its worst end to its best. `hasIndex`: of a scale beyond 100 the lower end is the best. A value that is no
 * number, or lies outside its scale (-1 stands for "not rated"), is `none` with its raw text.
 */
export function readScore(told: { value?: Told; minValue?: Told; maxValue?: Told } | null | undefined, hasIndex = false): ReadValue[] {
  if (told?.value === undefined || told.value === null) return []
  const [number, min, max] = [numberOf(told.value), numberOf(told.minValue), numberOf(told.maxValue)]
  const ends = [min, max].filter(end => end !== undefined).map(Number)
  const isBetween = ends.length < 2 || (Number(number) >= Math.min(...ends) && Number(number) <= Math.max(...ends))
  const [worst, best] = hasIndex && Number(max) > 100 ? [max, min] : [min, max]
  const value: CriterionValue =
    number !== undefined && isBetween && Number(number) >= 0
      ? { is: 'number', number, ...(worst && { min: worst }), ...(best && { max: best }) }
      : { is: 'none' }
  return [{ criterion: 'score', value, raw: told.value }]
}

/** An amount and its currency, where one was named; a sentence in its place ("Credit Limit not applicable") is `none`. */
export function readMoney(criterion: Criterion, told: { value?: Told; currency?: Told } | null | undefined): ReadValue[] {
  if (told?.value === undefined || told.value === null) return []
  const amount = numberOf(told.value)
  // What is no code of a currency cannot be written as money.
  const currency = /^[A-Z]{3}$/.exec(told.currency?.trim().toUpperCase() ?? '')?.[0]
  const value: CriterionValue = amount === undefined || amount.startsWith('-') ? { is: 'none' } : { is: 'money', amount, ...(currency && { currency }) }
  return [{ criterion, value, raw: currency ? `${told.value} ${currency}` : told.value }]
}

/** The international rating: A to D by risk; E means that the company is not scored, whatever the reason. */
export function readRating(letter: Told, description?: Told): ReadValue[] {
  if (!letter) return []
  const key = letter.trim().toUpperCase()
  if (!/^[A-E]$/.test(key)) return [{ criterion: 'international_rating', value: { is: 'none' }, raw: letter }]
  return [{ criterion: 'international_rating', value: { is: 'text', text: key }, raw: description ? `${key} ${description}` : key }]
}

/** Days or a count; what is no number is not told. */
export function readNumber(criterion: Criterion, told: unknown): ReadValue[] {
  if (typeof told !== 'string' && typeof told !== 'number') return []
  const number = numberOf(String(told))
  return number === undefined ? [] : [{ criterion, value: { is: 'number', number }, raw: String(told) }]
}

/** Words, with what is compared where that is shorter than they are. */
export function readText(criterion: Criterion, told: Told, key?: string): ReadValue[] {
  const text = told?.replace(/\s+/g, ' ').trim()
  return text ? [{ criterion, value: { is: 'text', text, ...(key && { key }) }, raw: told ?? '' }] : []
}
