import type { Temporal } from 'temporal-polyfill'
import { promiseRecordsOf } from '#ledger'
import { type Db, Prisma } from '#platform'
import { lateDays, paidInvoices } from '../fields/behavior-fields.ts'
import type { SearchContext } from '../fields/field.ts'

/** How a debtor pays. */
export type Behavior = {
  /** Of the invoices paid in the last 365 days, in days after their due date; null when there are none. Early counts negative. */
  averageDaysLate: number | null
  paidInvoices: number
  /** Promises that were decided, by how they ended. */
  promises: { kept: number; partlyKept: number; broken: number }
  /** How likely the next promise is kept, 0 to 100, by those of the last two years; null when there are none. */
  keepsPercent: number | null
}

/** The behaviour of one debtor up to the day of the context. */
export async function behaviorOf(db: Db, context: SearchContext, debtorId: number): Promise<Behavior> {
  const { from, where } = paidInvoices({ ...context, only: debtorId })
  const [row] = await db.$queryRaw<{ average: number | null; paid: number; kept: number; partly: number; broken: number }[]>`
    SELECT late.average, late.paid, said.kept, said.partly, said.broken
    FROM (SELECT round(avg(${lateDays}), 1)::float8 AS average, count(*)::int AS paid FROM ${from} WHERE ${where} AND i."debtorId" = ${debtorId}) AS late
    CROSS JOIN (SELECT ${count('kept')} AS kept, ${count('partly_kept')} AS partly, ${count('broken')} AS broken FROM "PromiseToPay" p WHERE p."debtorId" = ${debtorId}) AS said`
  const { average = null, paid = 0, kept = 0, partly = 0, broken = 0 } = row ?? {}
  const record = (await promiseRecordsOf(db, [debtorId], context.today.toString())).get(debtorId)
  const keepsPercent = record ? Math.floor(record.probability * 100) : null
  return { averageDaysLate: average, paidInvoices: paid, promises: { kept, partlyKept: partly, broken }, keepsPercent }
}

const count = (status: string): Prisma.Sql => Prisma.sql`(count(*) FILTER (WHERE p.status = ${status}))::int`

/** How debtors pay, in figures: average days late as in `Behavior`, and the percentage of their decided promises that they kept. Not known is undefined. */
export type BehaviorFigures = { daysLate: Prisma.Decimal | undefined; promisesKept: Prisma.Decimal | undefined }

/** The figures of many debtors at once, by id; of who neither paid nor promised there is nothing. */
export async function behaviorFigures(db: Db, today: Temporal.PlainDate, debtorIds: readonly number[]): Promise<Map<number, BehaviorFigures>> {
  const ids = Prisma.sql`= ANY(${[...debtorIds]}::int[])`
  const { from, where } = paidInvoices({ today }, ids)
  const rows = await db.$queryRaw<{ id: number; late: Prisma.Decimal | null; kept: Prisma.Decimal | null }[]>`
    SELECT COALESCE(late.id, said.id) AS id, late.days AS late, said.kept
    FROM (SELECT i."debtorId" AS id, round(avg(${lateDays}), 1) AS days FROM ${from} WHERE ${where} AND i."debtorId" ${ids} GROUP BY 1) AS late
    FULL JOIN (SELECT p."debtorId" AS id, round(100.0 * count(*) FILTER (WHERE p.status = 'kept') / count(*)) AS kept FROM "PromiseToPay" p
      WHERE p."debtorId" ${ids} AND p.status IN ('kept', 'partly_kept', 'broken') GROUP BY 1) AS said ON said.id = late.id`
  return new Map(rows.map(({ id, late, kept }) => [id, { daysLate: late ?? undefined, promisesKept: kept ?? undefined }]))
}

const fewestPaid = 5

/**
 * By which day after the due date debtors pay nine of ten invoices, by id: of those who paid some within the last 365 days, and never more than
 * `most` days late.
 */
export async function usualDaysLate(db: Db, today: Temporal.PlainDate, most: number, only?: readonly number[]): Promise<Map<number, number>> {
  const { from, where } = paidInvoices({ today })
  const rows = await db.$queryRaw<{ id: number; days: number }[]>`
    SELECT i."debtorId" AS id, percentile_disc(0.9) WITHIN GROUP (ORDER BY ${lateDays})::int AS days FROM ${from} WHERE ${where}
    AND ${only ? Prisma.sql`i."debtorId" = ANY(${[...only]}::int[])` : Prisma.sql`TRUE`}
    GROUP BY 1 HAVING count(*) >= ${fewestPaid} AND percentile_disc(0.9) WITHIN GROUP (ORDER BY ${lateDays}) BETWEEN 1 AND ${most}`
  return new Map(rows.map(({ id, days }) => [id, days]))
}
