import { Temporal } from 'temporal-polyfill'
import { Prisma } from '#platform'
import type { Cell, Reading, Report } from '../report.ts'
import { dsoFigures } from './dso-figures.ts'
import { fitting } from './listing.ts'
import { inReporting } from './reporting.ts'

/** How far sales are looked back for, in months: what is older than that is no matter of turnover any more. */
const lookBack = 36

type Part = { administration: string; currency: string; open: Prisma.Decimal; sales: Map<string, Prisma.Decimal> }

/**
 * Days sales outstanding at the end of the last month, by administration and all together. Open and sales are as invoiced, taxes included, and
 * both in the reporting currency at today's rates where there are any.
 */
export const dso: Report = {
  columns: [
    { id: 'administration', kind: 'text' },
    { id: 'monthEnd', kind: 'day' },
    { id: 'currency', kind: 'text' },
    { id: 'open', kind: 'money' },
    { id: 'monthSales', kind: 'money' },
    { id: 'yearSales', kind: 'money' },
    { id: 'dsoMonth', kind: 'number' },
    { id: 'dsoYear', kind: 'number' },
    { id: 'dsoCountBack', kind: 'number' },
  ],
  rows: async function* (reading) {
    const end = reading.context.today.with({ day: 1 }).subtract({ days: 1 })
    const parts = await readParts(reading, end)
    const sums = [...Map.groupBy(parts, ({ currency }) => currency).values()].filter(same => same.length > 1).map(same => joined(same, reading.say.allTogether))
    yield [...sums, ...parts].map(part => rowOf(part, end))
  },
  chart: ({ rows, say }) => ({
    title: say.reports.dso,
    labels: rows.slice(0, 12).map(row => `${row[0]} (${row[2]})`),
    series: [
      { name: say.columns.dsoMonth, values: rows.slice(0, 12).map(row => Number(row[6] ?? 0)) },
      { name: say.columns.dsoCountBack, values: rows.slice(0, 12).map(row => Number(row[8] ?? 0)) },
    ],
  }),
}

/** The months before a day that ends one, the newest first, as their ISO first days. */
const monthsBefore = (end: Temporal.PlainDate): Temporal.PlainDate[] =>
  Array.from({ length: lookBack }, (_, back) => end.with({ day: 1 }).subtract({ months: back }))

function rowOf({ administration, currency, open, sales }: Part, end: Temporal.PlainDate): Cell[] {
  const months = monthsBefore(end).map(first => ({ sales: sales.get(first.toString()) ?? new Prisma.Decimal(0), days: first.daysInMonth }))
  const { monthly, year, countBack } = dsoFigures(open, months)
  const sold = (count: number) => months.slice(0, count).reduce((sum, month) => sum.add(month.sales), new Prisma.Decimal(0))
  return [administration, end.toString(), currency, open.toFixed(), sold(1).toFixed(), sold(12).toFixed(), inDays(monthly), inDays(year), inDays(countBack)]
}

const inDays = (figure: Prisma.Decimal | null): Cell => figure?.toFixed(1) ?? null

function joined(parts: Part[], administration: string): Part {
  const sales = new Map<string, Prisma.Decimal>()
  for (const part of parts) for (const [month, sold] of part.sales) sales.set(month, sold.add(sales.get(month) ?? 0))
  const open = parts.reduce((sum, part) => sum.add(part.open), new Prisma.Decimal(0))
  return { administration, currency: parts[0]?.currency ?? '', open, sales }
}

/** What payments took off an invoice `i`, of those at some time. Of what the bank and the ERP both tell the larger counts, never their sum. */
const paid = (
  when: Prisma.Sql,
): Prisma.Sql => Prisma.sql`COALESCE((SELECT max(t.sum) FROM (SELECT sum(p.amount + p.waived) AS sum FROM "PaymentAllocation" p JOIN "Payment" m ON m.id = p."paymentId"
  WHERE p."invoiceId" = i.id AND COALESCE(m.status, '') NOT IN ('not_ours', 'reversed') AND ${when} GROUP BY m.source) AS t), 0)`

/**
 * What was open at the end of a day, and the sales of each month before it. Of an invoice that was paid since, the payments say what was open
 * of it; one that has no day is taken for as old as its row.
 */
async function readParts(reading: Reading, end: Temporal.PlainDate): Promise<Part[]> {
  const last = Prisma.sql`${end.toString()}::date`
  const first = Prisma.sql`${end
    .with({ day: 1 })
    .subtract({ months: lookBack - 1 })
    .toString()}::date`
  const dated = Prisma.sql`COALESCE(i."invoiceDate", i."createdAt"::date)`
  const then = Prisma.sql`CASE WHEN i.status = 'open' THEN i."openAmount" + ${paid(Prisma.sql`m."receivedOn" > ${last}`)}
    WHEN i."closedOn" > ${last} THEN i.amount - ${paid(Prisma.sql`m."receivedOn" <= ${last}`)} ELSE 0 END`
  const { join, currency, amount } = inReporting(reading.context, Prisma.sql`item.amount`, Prisma.sql`item.currency`)
  const rows = await reading.db.$queryRaw<{ code: string; administration: string; currency: string; month: string | null; amount: Prisma.Decimal }[]>`
    WITH fits AS MATERIALIZED (${fitting(reading)}),
    item AS (
      SELECT i."administrationId" AS id, i.currency, NULL::date AS month, ${then} AS amount FROM "Invoice" i
        WHERE i."debtorId" IN (SELECT id FROM fits) AND ${dated} <= ${last} AND (i.status = 'open' OR i."closedOn" > ${last})
      UNION ALL
      SELECT i."administrationId", i.currency, date_trunc('month', ${dated})::date, i.amount FROM "Invoice" i
        WHERE i."debtorId" IN (SELECT id FROM fits) AND ${dated} BETWEEN ${first} AND ${last})
    SELECT a.code, a.name AS administration, ${currency} AS currency, item.month::text AS month, sum(${amount}) AS amount
    FROM item JOIN "Administration" a ON a.id = item.id ${join} GROUP BY a.code, a.name, 3, item.month ORDER BY a.code, 3, item.month NULLS FIRST`
  const byPart = Map.groupBy(rows, row => JSON.stringify([row.code, row.currency]))
  return [...byPart.values()].map(own => ({
    administration: own[0]?.administration ?? '',
    currency: own[0]?.currency ?? '',
    open: own.find(({ month }) => month === null)?.amount ?? new Prisma.Decimal(0),
    sales: new Map(own.flatMap(({ month, amount: sold }) => (month === null ? [] : [[month, sold] as const]))),
  }))
}
