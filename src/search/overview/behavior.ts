import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma } from '#platform'
import { daysLateRows } from '../fields/behavior-fields.ts'
import { sqlDay } from '../fields/field.ts'

/** How a debtor pays. */
export type Behavior = {
  /** Of the invoices paid in the last 365 days, in days after their due date; null when there are none. Early counts negative. */
  averageDaysLate: number | null
  paidInvoices: number
  /** Promises that were decided, by how they ended. */
  promises: { kept: number; partlyKept: number; broken: number }
}

/** The behaviour of one debtor up to a day. */
export async function behaviorOf(db: Db, debtorId: number, today: Temporal.PlainDate): Promise<Behavior> {
  const [row] = await db.$queryRaw<{ average: number | null; paid: number; kept: number; partly: number; broken: number }[]>`
    SELECT late.average, late.paid, ${count('kept')} AS kept, ${count('partly_kept')} AS partly, ${count('broken')} AS broken
    FROM "Debtor" d CROSS JOIN LATERAL (SELECT round(avg(x.days), 1)::float8 AS average, count(*)::int AS paid FROM (${daysLateRows(sqlDay(today))}) AS x) AS late
    WHERE d.id = ${debtorId}`
  const { average = null, paid = 0, kept = 0, partly = 0, broken = 0 } = row ?? {}
  return { averageDaysLate: average, paidInvoices: paid, promises: { kept, partlyKept: partly, broken } }
}

const count = (status: string): Prisma.Sql => Prisma.sql`(SELECT count(*)::int FROM "PromiseToPay" p WHERE p."debtorId" = d.id AND p.status = ${status})`
