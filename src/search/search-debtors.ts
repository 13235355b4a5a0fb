import { type AgedBalance, agingByDebtor } from '#ledger'
import { debtorRowInSight } from '#people'
import { type Db, Prisma } from '#platform'
import { largestSums, type SearchContext } from './fields/field.ts'
import { overdueRows } from './fields/ledger-fields.ts'
import { conditionSql } from './query/compile.ts'
import type { Query } from './query/query.ts'

export type SearchHit = {
  id: number
  number: string
  name: string
  administration: { code: string; name: string }
  country: string | null
  collector: string | null
  /** What is open, by age, in the currencies of its items. */
  balances: AgedBalance[]
}

export type SearchPage = { total: number; hits: SearchHit[] }

/** The debtors in sight that a query fits, the most overdue first, a page of them with the number of all. Archived ones are left out. */
export async function searchDebtors(
  db: Db,
  query: Query,
  context: SearchContext,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<SearchPage> {
  const rows = await db.$queryRaw<{ id: number; total: number }[]>`
    WITH hit AS MATERIALIZED (SELECT d.id, d.name FROM ${debtorsFitting(query, context)})
    SELECT hit.id, (count(*) OVER ())::int AS total
    FROM hit LEFT JOIN (${largestSums(context, overdueRows, id => Prisma.sql`${id} IN (SELECT h.id FROM hit h)`)}) AS owed ON owed.id = hit.id
    ORDER BY COALESCE(owed.value, 0) DESC, hit.name, hit.id LIMIT ${limit} OFFSET ${offset}`
  const total = rows[0]?.total ?? (offset > 0 ? await countDebtors(db, query, context) : 0)
  const ids = rows.map(({ id }) => id)
  const debtors = await db.debtor.findMany({ where: { id: { in: ids } }, include: { administration: { select: { code: true, name: true } } } })
  const balances = await agingByDebtor(db, context.today, { debtorIds: ids })
  const byId = new Map(debtors.map(debtor => [debtor.id, debtor]))
  const hits = ids.flatMap((id): SearchHit[] => {
    const debtor = byId.get(id)
    if (!debtor) return []
    const { number, name, administration, country, collector } = debtor
    return [{ id, number, name, administration, country, collector, balances: balances.get(id) ?? [] }]
  })
  return { total, hits }
}

/** How many debtors in sight a query fits. */
export async function countDebtors(db: Db, query: Query, context: SearchContext): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM ${debtorsFitting(query, context)}`
  return row?.count ?? 0
}

/** The ids of the debtors in sight that a query fits, in their order, at most so many. */
export async function debtorIds(db: Db, query: Query, context: SearchContext, limit: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`SELECT d.id FROM ${debtorsFitting(query, context)} ORDER BY d.id LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

/** The ids of all debtors in sight that a query fits, or of those among some. */
export async function allDebtorIds(db: Db, query: Query, context: SearchContext, only?: readonly number[]): Promise<Set<number>> {
  const among = only ? Prisma.sql`d.id = ANY(${[...only]}::int[])` : Prisma.sql`TRUE`
  const [found] = await db.$queryRaw<{ ids: number[] }[]>`SELECT COALESCE(array_agg(d.id), '{}') AS ids FROM ${debtorsFitting(query, context)} AND ${among}`
  return new Set(found?.ids)
}

/** What follows FROM: debtors `d` in sight that the query fits. Sight stands outside the query, so that no negation reaches it. */
export const debtorsFitting = (query: Query, context: SearchContext): Prisma.Sql => Prisma.sql`"Debtor" d JOIN "Administration" administration
  ON administration.id = d."administrationId" WHERE NOT d.archived AND ${debtorRowInSight(context.sight, Prisma.raw('d'), Prisma.sql`administration.code`)} AND ${conditionSql(query, context)}`
