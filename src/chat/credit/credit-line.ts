import type { CreditFacts, CriterionValue } from '#credit'
import type { CardContext } from '../cards/proposal-card.ts'
import { bureauName, dayOf } from './bureau-name.ts'
import { sayValue } from './say-value.ts'

/** What a credit bureau says of a company on one line: grave things first, then rating, score and limit, and who said so when; undefined when it says none of them. */
export function creditLine(facts: CreditFacts, context: CardContext): string | undefined {
  const { credit: say, creditView: view } = context.words
  const { bureau, reportedAt } = facts.company
  const known = (['international_rating', 'rating', 'score', 'credit_limit'] as const).flatMap(criterion => {
    const told = valueOf(facts, criterion)
    return told && told.is !== 'none'
      ? [criterion === 'credit_limit' ? `${say.limit} ${sayValue(criterion, told, context)}` : sayValue(criterion, told, context)]
      : []
  })
  const told = [...graveParts(facts, context), ...known]
  const source = view.bureauSays(bureauName(bureau), reportedAt ? dayOf(reportedAt, context.format) : '')
  return told.length > 0 ? [...told, source].join(' · ') : undefined
}

/** The hard facts that a bureau tells of a company: insolvency, judgments, privileges. */
export function graveParts(facts: CreditFacts, context: CardContext): string[] {
  return (['insolvency', 'judgments', 'privileges'] as const).flatMap(criterion => {
    const told = valueOf(facts, criterion)
    const isGrave = told !== undefined && told.is !== 'none' && !(told.is === 'number' && Number(told.number) === 0)
    return isGrave ? [`${context.words.credit.criterion[criterion]}: ${sayValue(criterion, told, context)}`] : []
  })
}

const valueOf = ({ history }: CreditFacts, criterion: string): CriterionValue | undefined => history.find(each => each.criterion === criterion)?.value
