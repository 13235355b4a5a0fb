import { type Rating, ratingsOf } from '#credit'
import type { Money } from '#ledger'
import { type Db, Prisma } from '#platform'
import { limitUse } from '../fields/credit-fields.ts'
import type { SearchContext } from '../fields/field.ts'
import { insuredSums } from './insured-part.ts'
import { riskWeights, weightsOf } from './risk-weights.ts'

/** What a bureau says of a debtor; what changed is of the last seven days. */
export type BureauWord = Rating & {
  /** Which part of what is open and not insured is at risk, in percent. */
  weight: number
  /** What of what is open is insured, in the reporting currency, else in its own. */
  insured: Money[]
  /** Open items and orders in percent of the advised limit, `Infinity` of a limit of 0; undefined where there is none in their currency. */
  limitUsed: number | undefined
}

const changeDays = 7

/** What bureaus say of these debtors, by id; of a debtor that no bureau knows there is the weight alone. */
export async function bureauWords(db: Db, context: SearchContext, debtorIds: readonly number[]): Promise<Map<number, BureauWord>> {
  const ids = [...debtorIds]
  const scope = (id: Prisma.Sql) => Prisma.sql`${id} = ANY(${ids}::int[])`
  const since = new Date(context.today.subtract({ days: changeDays }).toZonedDateTime(context.timeZone).epochMilliseconds)
  const [ratings, weights, insured, uses] = await Promise.all([
    ratingsOf(db, ids, since),
    db.$queryRaw<{ id: number; weight: number }[]>`SELECT w.id, w.weight::int AS weight FROM (${weightsOf(context, scope)}) AS w`,
    db.$queryRaw<
      (Money & { id: number })[]
    >`SELECT n.id, n.currency, round(n.insured, 3) AS amount FROM (${insuredSums(context, scope)}) AS n WHERE n.insured > 0 ORDER BY n.currency`,
    db.$queryRaw<{ id: number; value: number }[]>`SELECT u.id, u.value::float8 AS value FROM (${limitUse(context, scope)}) AS u`,
  ])
  const weightOf = new Map(weights.map(({ id, weight }) => [id, weight]))
  const useOf = new Map(uses.map(({ id, value }) => [id, value]))
  const insuredOf = Map.groupBy(insured, ({ id }) => id)
  return new Map(
    ids.map(id => [id, { ...ratings.get(id), weight: weightOf.get(id) ?? riskWeights.unrated, insured: insuredOf.get(id) ?? [], limitUsed: useOf.get(id) }]),
  )
}
