import { type Db, Prisma } from '#platform'
import { learntSince } from '../matching/paid-since.ts'

/**
 * How much of each plan was settled by credit notes, by its id, in its currency. No ledger says which invoice a credit note was set off against: it is what
 * is less open of the plan's invoices than payments since the agreement explain, as far as the debtor's credit notes were set off since then.
 */
export async function creditedOf(db: Db, planIds: number[]): Promise<Map<number, Prisma.Decimal>> {
  if (planIds.length === 0) return new Map()
  // The ERP's payments file and the bank may tell of one and the same money: the larger of the two counts.
  const rows = await db.$queryRaw<{ id: number; credited: Prisma.Decimal }[]>`
    SELECT p.id, GREATEST(0, LEAST(p.total - mine.open - COALESCE(money.paid, 0), p.credit + others.issued - others.open)) AS credited
    FROM "PaymentPlan" p
      CROSS JOIN LATERAL (
        SELECT COALESCE(sum(i."openAmount") FILTER (WHERE i.status = 'open'), 0) AS open, array_agg(i.id) AS ids
        FROM "PaymentPlanInvoice" l JOIN "Invoice" i ON i.id = l."invoiceId" WHERE l."planId" = p.id) mine
      CROSS JOIN LATERAL (SELECT max(s.paid) AS paid FROM (
        SELECT sum(a.amount + a.waived) AS paid FROM "PaymentAllocation" a JOIN "Payment" y ON y.id = a."paymentId"
        WHERE a."invoiceId" = ANY(mine.ids) AND ${learntSince(Prisma.sql`p."createdAt"`)} GROUP BY y.source) s) money
      CROSS JOIN LATERAL (
        SELECT COALESCE(sum(-i."openAmount") FILTER (WHERE i.status = 'open'), 0) AS open,
          COALESCE(sum(-i.amount) FILTER (WHERE i."createdAt" > p."createdAt" AND COALESCE(i."invoiceDate", i."createdAt"::date) >= p."createdAt"::date), 0) AS issued
        FROM "Invoice" i WHERE i."debtorId" = p."debtorId" AND i.kind = 'credit_note' AND i.currency = p.currency AND i.id <> ALL(mine.ids)) others
    WHERE p.id = ANY(${planIds}::int[])`
  return new Map(rows.map(({ id, credited }) => [id, credited]))
}

/** What is open of the debtor's credit notes in a currency, without these: what may still be set off. */
export async function openCredit(db: Db, { debtorId, currency, without }: { debtorId: number; currency: string; without: number[] }): Promise<Prisma.Decimal> {
  const where = { debtorId, currency, kind: 'credit_note', status: 'open', id: { notIn: without } }
  const { _sum } = await db.invoice.aggregate({ where, _sum: { openAmount: true } })
  return (_sum.openAmount ?? new Prisma.Decimal(0)).neg()
}
