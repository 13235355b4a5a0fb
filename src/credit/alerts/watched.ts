import { type Criterion, type CriterionValue, criteria } from '../values/criteria.ts'
import { classOf, normalised } from '../values/normalise.ts'

/**
 * What a rule may watch: the criteria as bureaus tell them, and two that mean the same at every bureau. `normalised_score`: the score on
 * 0 to 100. `rating_class`: the international rating's letter, or the class that a bureau's own rating stands for.
 */
export const watchable = [...criteria, 'normalised_score', 'rating_class'] as const
export type Watchable = (typeof watchable)[number]

/** The criteria whose changes a rule about something watchable looks at; of several the first that changed. */
export function toldBy(watched: Watchable): readonly Criterion[] {
  if (watched === 'normalised_score') return ['score']
  return watched === 'rating_class' ? ['international_rating', 'rating'] : [watched]
}

/** A told value as the rule sees it; undefined where it says nothing of that. */
export function seenAs(watched: Watchable, criterion: Criterion, value: CriterionValue): CriterionValue | undefined {
  if (watched === 'normalised_score') {
    const score = normalised(value)
    return score ? { is: 'number', number: score.toString(), min: '0', max: '100' } : value.is === 'none' ? value : undefined
  }
  if (watched !== 'rating_class') return value
  const letter = classOf(criterion, value)
  return letter && { is: 'text', text: letter }
}
