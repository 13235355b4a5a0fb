import { type Db, Prisma } from '#platform'

/**
 * What came for these invoices and was not known at a moment yet, in their currency. The ERP's payments file and the bank may tell of one and the
 * same money: the larger counts.
 */
export async function paidSince(db: Db, invoiceIds: number[], since: Date): Promise<Prisma.Decimal> {
  const [row] = await db.$queryRaw<{ paid: Prisma.Decimal | null }[]>`
    SELECT max(s.paid) AS paid FROM (
      SELECT sum(a.amount + a.waived) AS paid FROM "PaymentAllocation" a JOIN "Payment" y ON y.id = a."paymentId"
      WHERE a."invoiceId" = ANY(${invoiceIds}::int[]) AND ${learntSince(Prisma.sql`${since}`)} GROUP BY y.source) s`
  return Prisma.Decimal.max(0, row?.paid ?? 0)
}

/** An SQL condition on payments `y`: what was not known at a moment yet; history that a file brings later is none of it. */
export const learntSince = (moment: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(y."createdAt" > ${moment}::timestamptz AND y."receivedOn" >= (${moment}::timestamptz)::date - 14)`
