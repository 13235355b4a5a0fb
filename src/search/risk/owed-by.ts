import type { Money } from '#ledger'
import { type Db, Prisma } from '#platform'
import { type SearchContext, sumsByCurrency } from '../fields/field.ts'
import { balanceRows } from '../fields/ledger-fields.ts'
import type { Query } from '../query/query.ts'
import { debtorsFitting } from '../search-debtors.ts'

/** How many debtors in sight a query fits, and what is open at them: in the reporting currency, and beside it in each without a rate. */
export async function owedBy(db: Db, query: Query, context: SearchContext): Promise<{ count: number; open: Money[] }> {
  const rows = await db.$queryRaw<{ count: number; currency: string | null; amount: Prisma.Decimal | null }[]>`
    WITH hit AS MATERIALIZED (SELECT d.id FROM ${debtorsFitting(query, context)})
    SELECT (SELECT count(*)::int FROM hit) AS count, owed.currency, sum(owed.total) AS amount
    FROM (VALUES (TRUE)) AS one(row) LEFT JOIN (${sumsByCurrency(context, balanceRows, id => Prisma.sql`${id} IN (SELECT h.id FROM hit h)`)}) AS owed ON TRUE
    GROUP BY owed.currency ORDER BY 3 DESC NULLS LAST`
  const open = rows.flatMap(({ currency, amount }) => (currency !== null && amount?.gt(0) ? [{ currency, amount }] : []))
  return { count: rows[0]?.count ?? 0, open }
}
