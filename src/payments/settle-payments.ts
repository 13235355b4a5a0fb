import { fromInstant, Prisma, recordAudit } from '#platform'
import { coveredOf } from './covered.ts'
import type { PaymentsDeps } from './deps.ts'
import { askSomebody } from './follow-payment.ts'
import { onlinePaymentChanged } from './jobs.ts'
import { onlineParts } from './online-parts.ts'
import { standStill } from './start-payment.ts'

/**
 * Lets go of online payments that the ledger shows now: their holds end, and its word holds again. Of those that it does not show after the
 * days of the settings somebody is asked once; their holds stand.
 */
export async function settlePayments(deps: PaymentsDeps): Promise<void> {
  const { client, clock } = deps
  const debtors = await client.onlinePayment.findMany({ where: { status: 'paid', settledAt: null }, distinct: ['debtorId'], select: { debtorId: true } })
  const since = fromInstant(clock.now().subtract({ hours: 24 * deps.rules().ledgerDays }))
  for (const { debtorId } of debtors) await settleDebtor(deps, debtorId, since)
}

const settleDebtor = ({ client, clock, holds, queue }: PaymentsDeps, debtorId: number, since: Date): Promise<void> =>
  client.$transaction(async tx => {
    await standStill(tx, debtorId)
    const payments = await tx.onlinePayment.findMany({ where: { debtorId, status: 'paid', settledAt: null }, include: { items: true }, orderBy: { id: 'asc' } })
    const invoiceIds = [...new Set(payments.flatMap(({ items }) => items.map(({ invoiceId }) => invoiceId)))]
    const invoices = await tx.invoice.findMany({ where: { id: { in: invoiceIds } }, select: { id: true, status: true, openAmount: true } })
    const parts = await onlineParts(tx, invoiceIds)
    const waiting = new Set(
      invoices.filter(({ id, status, openAmount }) => status === 'open' && coveredOf(openAmount, parts.get(id) ?? []).gt(0)).map(({ id }) => id),
    )
    const now = fromInstant(clock.now())
    for (const payment of payments) {
      const { id, items, holdIds, paidAt, followedAt, amount, takenBack } = payment
      if (!items.some(({ invoiceId }) => waiting.has(invoiceId))) {
        await tx.onlinePayment.update({ where: { id }, data: { settledAt: now } })
        await holds.end(tx, holdIds, now)
        await recordAudit(tx, { actor: 'duncan', event: 'online_payment.settled', subject: `online_payment:${id}` })
        await queue.send(tx, onlinePaymentChanged, { debtorId })
      } else if (!followedAt && paidAt && paidAt < since) {
        await tx.onlinePayment.update({ where: { id }, data: { followedAt: now } })
        await askSomebody(tx, payment, 'not_in_ledger', Prisma.Decimal.max(0, amount.sub(takenBack)))
      }
    }
  })
