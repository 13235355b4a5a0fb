import { findingSchema } from '#ledger'
import { sightOf } from '#people'
import type { DbClient } from '#platform'
import type { PaymentOutcome, PaymentRequest } from '#proposals'
import type { CardContext } from '../cards/proposal-card.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { tell } from '../words/sentences.ts'
import type { ProposalsPort } from './port.ts'
import { viewPayment } from './view-payments.ts'

export type SettlePaymentDeps = {
  client: DbClient
  proposals: Pick<ProposalsPort, 'decidePayment'>
  context: CardContext
  redraw: (administrationId: number) => Promise<unknown>
}

/** Carries a click on a bank payment to those who decide, on the payment as the person saw it, and returns what they are told. */
export async function settlePaymentClick(deps: SettlePaymentDeps, { staff, action, data, values }: Click): Promise<ClickOutcome> {
  const { client, proposals, context } = deps
  const view = await viewPayment(client, sightOf(staff), idOf(data.payment))
  const choice = view && (await choiceOf(client, view.id, action, data, values))
  if (!view || !choice) return { kind: 'refused', message: context.words.payments.outcome.gone }
  const outcome = await proposals.decidePayment({ paymentId: view.id, staffId: staff.id, version: Number(data.version), choice })
  if (outcome.kind === 'done' || outcome.kind === 'needs_second') await deps.redraw(view.administrationId)
  return told(outcome, context)
}

function told(outcome: PaymentOutcome, { words, format }: CardContext): ClickOutcome {
  const say = words.payments.outcome
  switch (outcome.kind) {
    case 'done':
      return { kind: 'done', message: say.done }
    case 'needs_second':
      return { kind: 'done', message: say.needsSecond }
    case 'changed':
      return { kind: 'refused', message: say.changed }
    case 'refused':
      return { kind: 'refused', message: say.refused(tell(words.paymentProblems, outcome.problem, format)) }
    case 'not_allowed':
      return { kind: 'refused', message: outcome.why === 'own_first_vote' ? words.outcome.ownVote : words.outcome.notAllowed }
    case 'not_found':
      return { kind: 'refused', message: say.gone }
    default:
      return outcome satisfies never
  }
}

async function choiceOf(
  client: DbClient,
  paymentId: number,
  action: string,
  data: Record<string, string>,
  values: Record<string, string>,
): Promise<PaymentRequest['choice'] | undefined> {
  switch (action) {
    case 'payment.allocate': {
      const row = await client.payment.findUnique({ where: { id: paymentId }, select: { finding: true } })
      const finding = findingSchema.safeParse(row?.finding).data
      const candidate = finding?.kind === 'review' ? finding.candidates[Number(data.candidate)] : undefined
      return candidate && { kind: 'allocate', allocations: candidate.allocations }
    }
    case 'payment.pay_invoices':
      return {
        kind: 'pay_invoices',
        numbers: (values.numbers ?? '')
          .slice(0, 2000)
          .split(/[\s,;]+/)
          .filter(Boolean),
      }
    case 'payment.leave':
      return { kind: 'leave_unapplied', debtorId: idOf(data.debtor) }
    case 'payment.returned':
      return { kind: 'returned', paymentId: idOf(data.original) }
    case 'payment.not_ours':
      return { kind: 'not_ours' }
    case 'payment.same':
      return { kind: 'seen_before' }
    case 'payment.another':
      return { kind: 'match_anew' }
    case 'payment.second_vote':
      return { kind: 'second_vote' }
    case 'payment.withdraw':
      return { kind: 'withdraw' }
    case 'payment.take_back':
      return { kind: 'unallocate' }
    default:
      return undefined
  }
}
