import type { Db, Prisma } from '#platform'

/** Money of a debtor that is allocated to no invoice. `rest` is what of the payment is left, in its currency. */
export type UnappliedPayment = { paymentId: number; debtorId: number; receivedOn: string; currency: string; amount: Prisma.Decimal; rest: Prisma.Decimal }

/** The payments of these debtors (or of all) with money that is allocated to nothing, oldest first. Money that went back is not there. */
export async function unappliedCash(db: Db, debtorIds?: number[]): Promise<UnappliedPayment[]> {
  return db.$queryRaw<UnappliedPayment[]>`
    SELECT p.id AS "paymentId", p."debtorId", p."receivedOn"::text AS "receivedOn", p.currency, p.amount, p.amount - COALESCE(sum(a.amount), 0) AS rest
    FROM "Payment" p LEFT JOIN "PaymentAllocation" a ON a."paymentId" = p.id
    WHERE p.source = 'bank' AND p.status IN ('matched', 'unapplied') AND p."debtorId" IS NOT NULL AND (${debtorIds === undefined} OR p."debtorId" = ANY(${debtorIds ?? []}::int[]))
    GROUP BY p.id HAVING p.amount <> COALESCE(sum(a.amount), 0) ORDER BY p."receivedOn", p.id`
}
