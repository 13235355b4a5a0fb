import type { Temporal } from 'temporal-polyfill'
import { type Db, type Prisma, toPlainDate } from '#platform'

/** A payment of a debtor, and what of it stands against no invoice yet. */
export type PaymentLine = {
  id: number
  receivedOn: Temporal.PlainDate
  amount: Prisma.Decimal
  currency: string
  unapplied: Prisma.Decimal
  invoices: string[]
}

const shown = 5

/** The newest payments of a debtor, newest first, and the sum by currency of what is not applied of all of them. */
export async function moneyReceived(db: Db, debtorId: number): Promise<{ payments: PaymentLine[]; unapplied: { currency: string; amount: Prisma.Decimal }[] }> {
  const rows = await db.$queryRaw<(Omit<PaymentLine, 'receivedOn'> & { receivedOn: Date })[]>`
    SELECT p.id, p."receivedOn", p.amount, p.currency, p.amount - COALESCE(l.applied, 0) AS unapplied, COALESCE(l.invoices, '{}') AS invoices
    FROM "Payment" p LEFT JOIN LATERAL (
      SELECT sum(a.amount) AS applied, array_agg(i.number ORDER BY i.number) AS invoices
      FROM "PaymentAllocation" a JOIN "Invoice" i ON i.id = a."invoiceId" WHERE a."paymentId" = p.id) AS l ON TRUE
    WHERE p."debtorId" = ${debtorId} AND COALESCE(p.status, '') NOT IN ('not_ours', 'reversed') ORDER BY p."receivedOn" DESC, p.id DESC`
  const sums = new Map<string, Prisma.Decimal>()
  for (const { currency, unapplied } of rows) sums.set(currency, sums.get(currency)?.add(unapplied) ?? unapplied)
  return {
    payments: rows.slice(0, shown).map(row => ({ ...row, receivedOn: toPlainDate(row.receivedOn) })),
    unapplied: [...sums].filter(([, amount]) => amount.gt(0)).map(([currency, amount]) => ({ currency, amount })),
  }
}
