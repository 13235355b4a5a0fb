import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma, toPlainDate } from '#platform'
import { sqlDay } from '../fields/field.ts'

/** The overdue invoices of a debtor, those of them that neither a hold nor a promise of their own keeps from being asked for, and the next due day. */
export type DueItems = { overdue: number; free: number; oldestFreeDays: number; nextDue: Temporal.PlainDate | null }

/** Credit notes are not asked for and do not count. */
export async function dueItems(db: Db, debtorId: number, heldIds: readonly number[], today: Temporal.PlainDate): Promise<DueItems> {
  const isOverdue = Prisma.sql`i."dueDate" < ${sqlDay(today)}`
  const isFree = Prisma.sql`${isOverdue} AND i.id <> ALL(${[...heldIds]}::int[])`
  const [row] = await db.$queryRaw<{ overdue: number; free: number; days: number | null; next: Date | null }[]>`
    SELECT (count(*) FILTER (WHERE ${isOverdue}))::int AS overdue, (count(*) FILTER (WHERE ${isFree}))::int AS free,
      max(${sqlDay(today)} - i."dueDate") FILTER (WHERE ${isFree}) AS days, min(i."dueDate") FILTER (WHERE NOT (${isOverdue})) AS next
    FROM "Invoice" i WHERE i."debtorId" = ${debtorId} AND i.status = 'open' AND i.kind = 'invoice'`
  return { overdue: row?.overdue ?? 0, free: row?.free ?? 0, oldestFreeDays: row?.days ?? 0, nextDue: row?.next ? toPlainDate(row.next) : null }
}
