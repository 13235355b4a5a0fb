import { type Db, type OnlinePaymentModel, type PaymentLinkModel, Prisma } from '#platform'
import type { PayItem, PayTotal } from './pay-items.ts'

const zero = new Prisma.Decimal(0)

/**
 * Interest and costs that the message of a link claims, less what was paid of them by link: they are asked for with the invoices of the message, and no more
 * once nothing of those is, since no ledger tells whether they came by transfer.
 */
export async function askedCharges(
  db: Db,
  { debtorId, invoiceIds, charges, chargesCurrency }: Pick<PaymentLinkModel, 'debtorId' | 'invoiceIds' | 'charges' | 'chargesCurrency'>,
  items: readonly PayItem[],
): Promise<PayTotal | undefined> {
  if (charges === null || chargesCurrency === null) return undefined
  if (!items.some(({ invoiceId, payable }) => invoiceIds.includes(invoiceId) && payable.gt(0))) return undefined
  const paid = await db.onlinePayment.findMany({
    where: { debtorId, status: 'paid', currency: chargesCurrency, charges: { gt: 0 }, link: { invoiceIds: { hasSome: invoiceIds } } },
  })
  const amount = paid.reduce((left, payment) => left.sub(chargesKept(payment)), charges)
  return amount.gt(0) ? { currency: chargesCurrency, amount } : undefined
}

/** What of a payment is interest and costs once some of it was taken back: that comes off them first. */
const chargesKept = ({ charges, takenBack }: Pick<OnlinePaymentModel, 'charges' | 'takenBack'>): Prisma.Decimal =>
  Prisma.Decimal.max(zero, charges.sub(takenBack))

/** What was taken back of a payment's invoices. */
export const itemsTakenBack = ({ charges }: Pick<OnlinePaymentModel, 'charges'>, takenBack: Prisma.Decimal): Prisma.Decimal =>
  Prisma.Decimal.max(zero, takenBack.sub(charges))
