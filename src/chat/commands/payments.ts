import { sightOf } from '#people'
import { nextStepOf } from '#search'
import { paymentsOfInvoice, paymentsToDecide, viewPayment } from '../approvals/view-payments.ts'
import { invoicePaymentsCard, type PaymentView, paymentCard, paymentsCard } from '../cards/payment-cards.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const most = 8

/** `/duncan payments`: the bank payments in the asker's sight that wait for a decision, or those that paid an invoice. */
export async function paymentsCommand(deps: CommandDeps, invoice: string): Promise<ClickOutcome> {
  const { client, staff, context } = deps
  if (invoice !== '') {
    const paid = await paymentsOfInvoice(client, sightOf(staff), invoice.slice(0, 60), most)
    const [only] = paid
    return only && paid.length === 1 ? showPayment(deps, only) : { kind: 'private', card: invoicePaymentsCard(invoice, paid, context) }
  }
  const { payments, total } = await paymentsToDecide(client, sightOf(staff), most)
  const names = [...new Set(payments.map(({ administration }) => administration))]
  return { kind: 'private', card: paymentsCard(names.join(', '), payments, total, context) }
}

/** The card of one bank payment, with what it may pay. */
export async function paymentAnswer(deps: CommandDeps, paymentId: number): Promise<ClickOutcome> {
  const payment = await viewPayment(deps.client, sightOf(deps.staff), paymentId)
  return payment ? showPayment(deps, payment) : { kind: 'refused', message: deps.context.words.payments.outcome.gone }
}

async function showPayment({ client, clock, staff, context }: CommandDeps, payment: PaymentView): Promise<ClickOutcome> {
  const next = payment.debtor ? await nextStepOf(client, { sight: sightOf(staff), clock }, payment.debtor.id) : undefined
  return { kind: 'private', card: paymentCard(payment, next, context) }
}
