import type { Prisma } from '#platform'
import type { RatingClass } from '../values/normalise.ts'

/** What a scorecard can ask about a debtor. Percentages are 0 to 100 and more; days may be negative where somebody pays early. */
export const measures = [
  'rating', // the bureau's class, A to E
  'bureau_score', // 0 to 100, 100 best
  'limit_used', // percentage of the limit that the bureau advises
  'days_beyond_terms', // how late the company pays everybody, by the bureau
  'judgments',
  'privileges',
  'days_late', // how late it pays us, on average over the last 365 days
  'promises_kept', // percentage of the promises that were decided
  'days_overdue', // age of the oldest overdue item
  'overdue_share', // percentage of what is open
] as const
export type Measure = (typeof measures)[number]

/** What is known of a debtor when it is placed; what is undefined is not known, which is another thing than zero. */
export type DebtorFacts = {
  rating: RatingClass | undefined
  bureauScore: Prisma.Decimal | undefined
  daysBeyondTerms: Prisma.Decimal | undefined
  judgments: Prisma.Decimal | undefined
  privileges: Prisma.Decimal | undefined
  limitUsed: Prisma.Decimal | undefined
  daysLate: Prisma.Decimal | undefined
  promisesKept: Prisma.Decimal | undefined
  daysOverdue: Prisma.Decimal | undefined
  overdueShare: Prisma.Decimal | undefined
  /** Keys of its tags. */
  tags: readonly string[]
}

/** A debtor's value of a measure; undefined when it is not known. */
export function valueOf(measure: Measure, facts: DebtorFacts): Prisma.Decimal | string | undefined {
  switch (measure) {
    case 'rating':
      return facts.rating
    case 'bureau_score':
      return facts.bureauScore
    case 'limit_used':
      return facts.limitUsed
    case 'days_beyond_terms':
      return facts.daysBeyondTerms
    case 'judgments':
      return facts.judgments
    case 'privileges':
      return facts.privileges
    case 'days_late':
      return facts.daysLate
    case 'promises_kept':
      return facts.promisesKept
    case 'days_overdue':
      return facts.daysOverdue
    default:
      return facts.overdueShare
  }
}
