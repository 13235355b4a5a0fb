import type { CriterionValue } from '#credit'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

/** A criterion's value in words: a score with its scale, a letter with its meaning, an amount with its currency. */
export function sayValue(criterion: string, value: CriterionValue | undefined, { words: { credit: say }, format }: CardContext): string {
  if (value === undefined) return say.unknownBefore
  switch (value.is) {
    case 'none':
      return say.noValue
    case 'money':
      return value.currency ? format.money(value.amount, value.currency) : value.amount
    case 'text':
      return criterion === 'international_rating' ? (say.rating[value.text as keyof typeof say.rating] ?? value.text) : oneLine(value.text, 120)
    default: {
      if (criterion.endsWith('days_beyond_terms')) return say.days(value.number)
      return value.max === undefined ? value.number : say.outOf(value.number, value.max)
    }
  }
}
