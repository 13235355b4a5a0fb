import { Prisma } from '#platform'
import type { Report } from '../report.ts'
import { barsOf } from './aging.ts'
import { cellsOf, debtorColumns, fitting, joinDebtor, type ListColumn } from './listing.ts'
import { inReporting } from './reporting.ts'

const columns: readonly ListColumn[] = [
  { id: 'rank', kind: 'number', sql: () => Prisma.sql`x.rank` },
  ...debtorColumns,
  { id: 'currency', kind: 'text', sql: () => Prisma.sql`x.currency` },
  { id: 'open', kind: 'money', total: true, sql: () => Prisma.sql`x.balance` },
  { id: 'overdue', kind: 'money', total: true, sql: () => Prisma.sql`x.overdue` },
  { id: 'share', kind: 'percent', sql: () => Prisma.sql`x.share` },
  { id: 'oldestDue', kind: 'day', sql: () => Prisma.sql`x.oldest` },
]

/** Who owes most, in the reporting currency where there are rates, with the part of all that is open; of each other currency its own largest. */
export const topDebtors: Report = {
  columns,
  rows: async function* (reading) {
    const { join, currency, amount } = inReporting(reading.context, Prisma.sql`i."openAmount"`, Prisma.sql`i.currency`)
    const rows = await reading.db.$queryRaw<{ cells: string }[]>`
      WITH owed AS (SELECT i."debtorId" AS id, ${currency} AS currency, sum(${amount}) AS balance,
          COALESCE(sum(${amount}) FILTER (WHERE i."dueDate" < ${reading.context.today.toString()}::date), 0) AS overdue, min(i."dueDate") FILTER (WHERE i."openAmount" > 0) AS oldest
        FROM "Invoice" i ${join} WHERE i.status = 'open' AND i."debtorId" IN (${fitting(reading)}) GROUP BY 1, 2),
      ranked AS (SELECT owed.*, row_number() OVER (PARTITION BY currency ORDER BY balance DESC, id) AS rank,
        round(balance / NULLIF(sum(balance) OVER (PARTITION BY currency), 0), 4) AS share FROM owed WHERE balance > 0)
      SELECT ${cellsOf(columns, reading)} AS cells FROM ranked x ${joinDebtor(Prisma.sql`x.id`)}
      WHERE x.rank <= ${reading.top} ORDER BY x.currency IS DISTINCT FROM ${reading.context.rates?.currency ?? null}::text, x.currency, x.rank`
    yield rows.map(row => JSON.parse(row.cells) as (string | null)[])
  },
  chart: ({ rows, say }) => barsOf(rows, { title: say.reports.top_debtors, label: 3, currency: 5, value: 6 }),
}
