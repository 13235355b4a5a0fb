import { type CriterionValue, normalised } from '#credit'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

/** A criterion's value in words: a score with its scale and, where that is not 0 to 100, what it is there; a letter with its meaning, an amount with its currency. */
export function sayValue(criterion: string, value: CriterionValue | undefined, context: CardContext): string {
  const {
    words: { credit: say },
    format,
  } = context
  if (value === undefined) return say.unknownBefore
  switch (value.is) {
    case 'none':
      return say.noValue
    case 'money':
      return value.currency ? format.money(value.amount, value.currency) : value.amount
    case 'text':
      if (criterion === 'international_rating') return say.rating[value.text as keyof typeof say.rating] ?? value.text
      return ofHundred(oneLine(value.text, 120), value, context)
    default:
      if (criterion.endsWith('days_beyond_terms')) return say.days(value.number)
      return sayScore(value, context)
  }
}

function sayScore(value: CriterionValue & { is: 'number' }, context: CardContext): string {
  const { credit: say } = context.words
  const { number, min, max } = value
  if (max === undefined) return number
  if (min !== undefined && Number(min) > Number(max)) return ofHundred(say.onIndex(number, max, min), value, context)
  return Number(max) === 100 && Number(min ?? 0) === 0 ? say.outOf(number, max) : ofHundred(say.outOf(number, max), value, context)
}

function ofHundred(told: string, value: CriterionValue, { words: { credit: say }, format }: CardContext): string {
  const place = normalised(value)
  return place ? say.normalised(told, format.number(place.toNumber())) : told
}
