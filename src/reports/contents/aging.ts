import { agedSums, agingBuckets } from '#ledger'
import { Prisma } from '#platform'
import type { Chart, Report, Seen } from '../report.ts'
import { debtorColumns, fitting, joinDebtor, type ListColumn, listing } from './listing.ts'
import { inReporting } from './reporting.ts'

const bucketColumns: readonly ListColumn[] = agingBuckets.map(({ name }) => ({ id: name, kind: 'money', total: true, sql: () => Prisma.raw(`x.${name}`) }))

const sumColumns: readonly ListColumn[] = [
  { id: 'currency', kind: 'text', sql: () => Prisma.sql`x.currency` },
  { id: 'open', kind: 'money', total: true, sql: () => Prisma.sql`x.balance` },
  { id: 'overdue', kind: 'money', total: true, sql: () => Prisma.sql`x.overdue` },
  ...bucketColumns,
]

/** What each debtor owes by age, a row for each of its currencies. */
export const aging: Report = {
  ...listing({
    columns: [...debtorColumns, ...sumColumns],
    ids: reading => Prisma.sql`SELECT d.id FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId"
      WHERE d.id IN (${fitting(reading)}) AND EXISTS (SELECT FROM "Invoice" i WHERE i."debtorId" = d.id AND i.status = 'open') ORDER BY a.code, d.name, d.id`,
    joins: reading => Prisma.sql`${joinDebtor(Prisma.sql`o.id`)} CROSS JOIN LATERAL (SELECT i.currency, ${agedSums(reading.context.today)}
      FROM "Invoice" i WHERE i."debtorId" = o.id AND i.status = 'open' GROUP BY 1) AS x`,
    order: Prisma.sql`x.currency`,
  }),
  chart: seen => agingChart(seen, debtorColumns.length),
}

/** The same by who sees to the debtors, in the reporting currency where there are rates. */
export const collectors: Report = {
  columns: [{ id: 'collector', kind: 'text' }, { id: 'debtors', kind: 'number' }, ...sumColumns],
  rows: async function* (reading) {
    const { join, currency, amount } = inReporting(reading.context, Prisma.sql`i."openAmount"`, Prisma.sql`i.currency`)
    const own = Prisma.sql`SELECT COALESCE(s.name, d.collector) AS collector, ${currency} AS currency, count(DISTINCT d.id) AS debtors, ${agedSums(reading.context.today, amount)}
      FROM "Invoice" i ${joinDebtor(Prisma.sql`i."debtorId"`)} ${join} WHERE i.status = 'open' AND d.id IN (${fitting(reading)}) GROUP BY 1, 2`
    const cells = Prisma.join(sumColumns.map(({ sql }) => Prisma.sql`(${sql(reading)})::text`))
    const rows = await reading.db.$queryRaw<
      { cells: string }[]
    >`SELECT json_build_array(x.collector, x.debtors::text, ${cells})::text AS cells FROM (${own}) AS x
      ORDER BY x.overdue DESC, x.collector, x.currency`
    yield rows.map(row => JSON.parse(row.cells) as (string | null)[]).map(([who = null, ...rest]) => [who ?? reading.say.nobody, ...rest])
  },
  chart: ({ rows, say }) => barsOf(rows, { title: say.overdueBy, label: 0, currency: 2, value: 4 }),
}

/** The sums by age, a bar for each currency. `before`: how many columns stand before the currency. */
function agingChart({ totals, say }: Seen, before: number): Chart | undefined {
  const first = before + 3
  const series = totals.flatMap(({ currency, sums }) =>
    currency === null ? [] : [{ name: currency, values: agingBuckets.map((_bucket, index) => Number(sums.get(first + index) ?? 0)) }],
  )
  if (series.length === 0) return undefined
  return { title: say.openByAge, labels: agingBuckets.map(({ name }) => say.columns[name]), series: series.slice(0, 4) }
}

const mostBars = 12

/** A bar for each of the first rows, of the currency that the first of them has: bars of several would compare what cannot be. */
export function barsOf(rows: Seen['rows'], at: { title: string; label: number; currency: number; value: number }): Chart | undefined {
  const currency = rows[0]?.[at.currency]
  const shown = rows.filter(row => row[at.currency] === currency).slice(0, mostBars)
  if (shown.length === 0 || !currency) return undefined
  return {
    title: `${at.title} (${currency})`,
    labels: shown.map(row => row[at.label] ?? ''),
    series: [{ name: currency, values: shown.map(row => Number(row[at.value] ?? 0)) }],
  }
}
