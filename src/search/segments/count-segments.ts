import { debtorRowInSight } from '#people'
import { type Db, Prisma } from '#platform'
import type { SearchContext } from '../fields/field.ts'
import { readSegments, type Segment, withSegments } from './segments.ts'

export type SegmentCount = Pick<Segment, 'key' | 'title' | 'text' | 'priority' | 'strategy'> & {
  /** How many debtors in sight are in it. */
  debtors: number
  /** Of these, those that are in no segment of higher rank: over all segments every debtor counts once here. */
  leading: number
}

/** The segments in force with the numbers of their debtors, the leading ones first; `none`: debtors in no segment at all. */
export async function countSegments(db: Db, context: SearchContext): Promise<{ segments: SegmentCount[]; none: number }> {
  const segments = await readSegments(db)
  const { segments: conditions } = withSegments(context, segments)
  const fits = segments.map(({ key }, index) => Prisma.sql`COALESCE(${conditions.get(key)?.() ?? Prisma.sql`FALSE`}, FALSE) AS ${name('fits', index)}`)
  const counts = segments.flatMap((_, index) => [
    Prisma.sql`(count(*) FILTER (WHERE ${name('fits', index)}))::int AS ${name('all', index)}`,
    Prisma.sql`(count(*) FILTER (WHERE ${name('fits', index)} AND ${noneOf(index)}))::int AS ${name('lead', index)}`,
  ])
  // Materialized: written into each count, every condition would be worked out once for each of them.
  const [row = {}] = await db.$queryRaw<Record<string, number>[]>`
    WITH debtor AS MATERIALIZED (
      SELECT ${Prisma.join([Prisma.sql`d.id`, ...fits])} FROM "Debtor" d JOIN "Administration" administration ON administration.id = d."administrationId"
      WHERE NOT d.archived AND ${debtorRowInSight(context.sight, Prisma.raw('d'), Prisma.sql`administration.code`)})
    SELECT ${Prisma.join([Prisma.sql`(count(*) FILTER (WHERE ${noneOf(segments.length)}))::int AS none`, ...counts])} FROM debtor`
  const counted = segments.map(({ key, title, text, priority, strategy }, index) => ({
    key,
    title,
    text,
    priority,
    strategy,
    debtors: row[`all${index}`] ?? 0,
    leading: row[`lead${index}`] ?? 0,
  }))
  return { segments: counted, none: row.none ?? 0 }
}

const name = (what: string, index: number): Prisma.Sql => Prisma.raw(`${what}${index}`)

/** In none of the first so many segments. */
const noneOf = (count: number): Prisma.Sql =>
  count === 0
    ? Prisma.sql`TRUE`
    : Prisma.sql`NOT (${Prisma.join(
        Array.from({ length: count }, (_, index) => name('fits', index)),
        ' OR ',
      )})`
