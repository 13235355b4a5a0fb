import type { CreditFacts, CriterionValue } from '#credit'
import type { CardContext } from '../cards/proposal-card.ts'
import { sayValue } from './say-value.ts'

/** What a credit bureau says of a company on one line: grave things first, then rating, score and limit; undefined when it says none of them. */
export function creditLine({ history }: CreditFacts, context: CardContext): string | undefined {
  const { credit: say } = context.words
  const value = (criterion: string): CriterionValue | undefined => history.find(each => each.criterion === criterion)?.value
  const grave = (['insolvency', 'judgments', 'privileges'] as const).flatMap(criterion => {
    const told = value(criterion)
    const isGrave = told !== undefined && told.is !== 'none' && !(told.is === 'number' && Number(told.number) === 0)
    return isGrave ? [`${say.criterion[criterion]}: ${sayValue(criterion, told, context)}`] : []
  })
  const known = (['international_rating', 'score', 'credit_limit'] as const).flatMap(criterion => {
    const told = value(criterion)
    return told && told.is !== 'none'
      ? [criterion === 'credit_limit' ? `${say.limit} ${sayValue(criterion, told, context)}` : sayValue(criterion, told, context)]
      : []
  })
  return [...grave, ...known].join(' · ') || undefined
}
