import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma, toPlainDate } from '#platform'
import type { SearchContext } from '../fields/field.ts'
import { isReceived, unappliedRows } from '../fields/ledger-fields.ts'

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
export async function moneyReceived(
  db: Db,
  context: SearchContext,
  debtorId: number,
): Promise<{ payments: PaymentLine[]; unapplied: { currency: string; amount: Prisma.Decimal }[] }> {
  const [rows, unapplied] = await Promise.all([
    db.$queryRaw<(Omit<PaymentLine, 'receivedOn'> & { receivedOn: Date })[]>`
      SELECT p.id, p."receivedOn", p.amount, p.currency, p.amount - COALESCE(l.applied, 0) AS unapplied, COALESCE(l.invoices, '{}') AS invoices
      FROM (SELECT * FROM "Payment" q WHERE q."debtorId" = ${debtorId} AND ${isReceived(Prisma.sql`q`)} ORDER BY q."receivedOn" DESC, q.id DESC LIMIT ${shown}) AS p
      LEFT JOIN LATERAL (
        SELECT sum(a.amount) AS applied, array_agg(i.number ORDER BY i.number) AS invoices
        FROM "PaymentAllocation" a JOIN "Invoice" i ON i.id = a."invoiceId" WHERE a."paymentId" = p.id) AS l ON TRUE
      ORDER BY p."receivedOn" DESC, p.id DESC`,
    db.$queryRaw<{ currency: string; amount: Prisma.Decimal }[]>`
      SELECT x.currency, sum(x.amount) AS amount FROM (${unappliedRows({ ...context, only: debtorId }, id => Prisma.sql`${id} = ${debtorId}`)}) AS x
      GROUP BY x.currency HAVING sum(x.amount) > 0 ORDER BY x.currency`,
  ])
  return { payments: rows.map(row => ({ ...row, receivedOn: toPlainDate(row.receivedOn) })), unapplied }
}
