import { sightOf } from '#people'
import { paymentsOfInvoice, paymentsToDecide, viewPayment } from '../approvals/view-payments.ts'
import { invoicePaymentsCard, paymentCard, paymentsCard } from '../cards/payment-cards.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const most = 8

/** `/duncan payments`: the bank payments in the asker's sight that wait for a decision, or those that paid an invoice. */
export async function paymentsCommand({ client, staff, context }: CommandDeps, invoice: string): Promise<ClickOutcome> {
  if (invoice !== '') {
    const paid = await paymentsOfInvoice(client, sightOf(staff), invoice.slice(0, 60), most)
    const [only] = paid
    return only && paid.length === 1
      ? { kind: 'private', card: paymentCard(only, context) }
      : { kind: 'private', card: invoicePaymentsCard(invoice, paid, context) }
  }
  const { payments, total } = await paymentsToDecide(client, sightOf(staff), most)
  const names = [...new Set(payments.map(({ administration }) => administration))]
  return { kind: 'private', card: paymentsCard(names.join(', '), payments, total, context) }
}

/** The card of one bank payment, with what it may pay. */
export async function paymentAnswer({ client, staff, context }: CommandDeps, paymentId: number): Promise<ClickOutcome> {
  const payment = await viewPayment(client, sightOf(staff), paymentId)
  return payment ? { kind: 'private', card: paymentCard(payment, context) } : { kind: 'refused', message: context.words.payments.outcome.gone }
}
