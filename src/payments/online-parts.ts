import type { Db } from '#platform'
import { itemsTakenBack } from './asked-charges.ts'
import { type PaidPart, partsLeft } from './covered.ts'

/** What was paid online of these invoices and is not settled, by invoice, in the order in which the payments were begun. */
export async function onlineParts(db: Db, invoiceIds: number[]): Promise<Map<number, PaidPart[]>> {
  const payments = await db.onlinePayment.findMany({
    where: { status: 'paid', settledAt: null, items: { some: { invoiceId: { in: invoiceIds } } } },
    orderBy: { id: 'asc' },
    include: { items: { orderBy: { invoiceId: 'asc' } } },
  })
  return Map.groupBy(
    payments.flatMap(payment => partsLeft(payment.items, itemsTakenBack(payment, payment.takenBack))),
    ({ invoiceId }) => invoiceId,
  )
}
