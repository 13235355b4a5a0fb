import { type CriterionValue, classOf, normalised } from '#credit'
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
      return ofHundred(oneLine(value.text, 120), value, context, criterion === 'rating' ? classOf('rating', value) : undefined)
    default:
      if (criterion.endsWith('days_beyond_terms')) return say.days(value.number)
      return sayScore(value, context)
  }
}

function sayScore(value: CriterionValue & { is: 'number' }, context: CardContext): string {
  const { credit: say } = context.words
  const { min, max } = value
  // As people write it; what has more decimals than they see stays as it is told.
  const number = /^-?\d+(?:\.\d)?$/.test(value.number) ? context.format.number(Number(value.number)) : value.number
  if (max === undefined) return number
  if (min !== undefined && Number(min) > Number(max)) return ofHundred(say.onIndex(number, max, min), value, context)
  return Number(max) === 100 && Number(min ?? 0) === 0 ? say.outOf(number, max) : ofHundred(say.outOf(number, max), value, context)
}

/** `letter`: the class that Duncan reads from it. */
function ofHundred(told: string, value: CriterionValue, { words: { credit: say }, format }: CardContext, letter?: string): string {
  const place = normalised(value)
  if (!place) return told
  const of100 = format.number(place.toNumber())
  return letter ? say.readAs(told, of100, letter) : say.normalised(told, of100)
}
