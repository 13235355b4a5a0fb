import { type Criterion, type CriterionValue, isSameValue } from '../values/criteria.ts'

const counted: readonly Criterion[] = ['score', 'days_beyond_terms', 'industry_days_beyond_terms', 'judgments', 'privileges']

/** A mail's word for a criterion as a value of ours; undefined where it says nothing that can be read as one. Amounts are without a currency unless an ISO code or € or £ stands beside them. */
export function toldValue(criterion: Criterion, text: string | undefined): CriterionValue | undefined {
  const told = text?.replaceAll(/\s+/g, ' ').trim().slice(0, longest)
  if (!told) return undefined
  if (criterion === 'international_rating') {
    const letter = /^([A-E])(?![\p{L}\p{N}])/u.exec(told)?.[1]
    return letter ? { is: 'text', text: letter } : undefined
  }
  if (counted.includes(criterion)) {
    const number = /^\d{1,6}(?=$|[\s/%(])/.exec(told)?.[0]
    return number ? { is: 'number', number } : undefined
  }
  if (criterion.endsWith('_limit')) {
    const [amount, currency] = [amountIn(told), currencyIn(told)]
    return amount ? { is: 'money', amount, ...(currency && { currency }) } : undefined
  }
  return { is: 'text', text: told }
}

const longest = 200

/** Whether two tellings are of one change: the same figure or letter; where there are only words, or none, nothing speaks against it. */
export function isSameTold(criterion: Criterion, one: CriterionValue | undefined, other: CriterionValue | undefined): boolean {
  const isWords = (value: CriterionValue | undefined) => value === undefined || (value.is === 'text' && criterion !== 'international_rating')
  return isWords(one) || isWords(other) || (one !== undefined && other !== undefined && isSameValue(one, other))
}

/** "12.500,00 EUR", "12,500" and "12 500 zł" as decimal texts: what follows a last mark by one or two digits is the fraction. */
function amountIn(text: string): string | undefined {
  const found = /\d[\d.,' \u00a0\u202f]*/
    .exec(text)?.[0]
    .replaceAll(/[' \u00a0\u202f]/g, '')
    .replace(/[.,]+$/, '')
  if (!found) return undefined
  const [, whole = found, fraction] = /^(.*)[.,](\d{1,2})$/.exec(found) ?? []
  const digits = whole.replaceAll(/[.,]/g, '').slice(0, 15)
  return fraction && Number(fraction) > 0 ? `${digits}.${fraction}` : digits
}

function currencyIn(text: string): string | undefined {
  if (text.includes('€')) return 'EUR'
  if (text.includes('£')) return 'GBP'
  return /zł/i.test(text) ? 'PLN' : /\b(EUR|GBP|PLN|USD|CHF|SEK|DKK|NOK|CZK)\b/.exec(text)?.[0]
}
