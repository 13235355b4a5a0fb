import { sightOf } from '#people'
import { paymentsToDecide, viewPayment } from '../approvals/view-payments.ts'
import { paymentCard, paymentsCard } from '../cards/payment-cards.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const most = 8

/** `/duncan payments`: the bank payments in the asker's sight that wait for a decision. */
export async function paymentsCommand({ client, staff, context }: CommandDeps): Promise<ClickOutcome> {
  const { payments, total } = await paymentsToDecide(client, sightOf(staff), most)
  const names = [...new Set(payments.map(({ administration }) => administration))]
  return { kind: 'private', card: paymentsCard(names.join(', '), payments, total, context) }
}

/** The card of one bank payment, with what it may pay. */
export async function paymentAnswer({ client, staff, context }: CommandDeps, paymentId: number): Promise<ClickOutcome> {
  const payment = await viewPayment(client, sightOf(staff), paymentId)
  return payment ? { kind: 'private', card: paymentCard(payment, context) } : { kind: 'refused', message: context.words.payments.outcome.gone }
}
