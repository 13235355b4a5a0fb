import type { Db } from '#platform'
import { type CriterionValue, criterionValueSchema } from './criteria.ts'

/** Rating and score of a debtor's company as they are, and as they were before they changed; undefined where they did not or nobody told. */
export type Rating = Partial<Record<'rating' | 'score' | 'ratingBefore' | 'scoreBefore', CriterionValue>>

/** The ratings of these debtors, by id; `since`: the changes of which time count. Ask it for debtors in sight only. */
export async function ratingsOf(db: Db, debtorIds: readonly number[], since: Date): Promise<Map<number, Rating>> {
  const rows = await db.$queryRaw<{ debtorId: number; criterion: string; value: unknown; before: unknown }[]>`
    SELECT l."debtorId", v.criterion, v.value, first.before FROM "CreditLink" l JOIN "CreditValue" v ON v."companyId" = l."companyId"
    LEFT JOIN LATERAL (SELECT c.before FROM "CreditChange" c WHERE c."companyId" = v."companyId" AND c.criterion = v.criterion
      AND c.before IS NOT NULL AND c.at >= ${since} ORDER BY c.at, c.id LIMIT 1) AS first ON TRUE
    WHERE l."debtorId" = ANY(${[...debtorIds]}::int[]) AND v.criterion IN ('international_rating', 'rating', 'score') ORDER BY l."debtorId", v.criterion`
  const ratings = new Map<number, Rating>()
  for (const { debtorId, criterion, value, before } of rows) {
    const name = criterion === 'score' ? 'score' : 'rating'
    const known = ratings.get(debtorId) ?? {}
    if (known[name]) continue // the international rating goes before a bureau's own
    known[name] = criterionValueSchema.parse(value)
    if (before !== null) known[`${name}Before`] = criterionValueSchema.parse(before)
    ratings.set(debtorId, known)
  }
  return ratings
}
