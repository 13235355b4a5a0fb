import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma } from '#platform'

/** What is at risk with debtors in one currency: open items (credit notes count against them) and open orders. `overdue` + `notDue` = open. */
export type Exposure = {
  currency: string
  overdue: Prisma.Decimal
  notDue: Prisma.Decimal
  orders: Prisma.Decimal
  /** Open items and open orders. */
  total: Prisma.Decimal
}

/** The exposure of debtors on a day, one row per currency: amounts of different currencies are never added. Who owes nothing is left out. */
export async function exposureByDebtor(db: Db, today: Temporal.PlainDate, debtorIds: number[]): Promise<Map<number, Exposure[]>> {
  const day = Prisma.sql`${today.toString()}::date`
  const rows = await db.$queryRaw<(Exposure & { debtorId: number })[]>`
    SELECT x."debtorId", x.currency, sum(x.overdue) AS overdue, sum(x.not_due) AS "notDue", sum(x.orders) AS orders,
      sum(x.overdue + x.not_due + x.orders) AS total
    FROM (
      SELECT i."debtorId", i.currency, CASE WHEN i."dueDate" < ${day} THEN i."openAmount" ELSE 0 END AS overdue,
        CASE WHEN i."dueDate" < ${day} THEN 0 ELSE i."openAmount" END AS not_due, 0 AS orders
      FROM "Invoice" i WHERE i.status = 'open' AND i."debtorId" = ANY(${debtorIds}::int[])
      UNION ALL
      SELECT o."debtorId", o.currency, 0, 0, o.amount FROM "Order" o WHERE o.status = 'open' AND o."debtorId" = ANY(${debtorIds}::int[])
    ) AS x GROUP BY 1, 2 ORDER BY 1, 2`
  const byDebtor = new Map<number, Exposure[]>()
  for (const { debtorId, ...row } of rows) byDebtor.set(debtorId, [...(byDebtor.get(debtorId) ?? []), row])
  return byDebtor
}

/** The same of all these debtors together. */
export async function exposureOf(db: Db, today: Temporal.PlainDate, debtorIds: number[]): Promise<Exposure[]> {
  const all = [...(await exposureByDebtor(db, today, debtorIds)).values()].flat()
  return [...Map.groupBy(all, ({ currency }) => currency)].map(([currency, own]) => {
    const sum = (of: 'overdue' | 'notDue' | 'orders' | 'total') => own.reduce((total, each) => total.add(each[of]), new Prisma.Decimal(0))
    return { currency, overdue: sum('overdue'), notDue: sum('notDue'), orders: sum('orders'), total: sum('total') }
  })
}
