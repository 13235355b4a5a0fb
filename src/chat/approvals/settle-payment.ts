import { findingSchema, type PaymentChoice, type PaymentDecision, type PaymentDecisionOutcome, type ReportingRules, reportingTotal } from '#ledger'
import { limitOf, readRightsPolicy, type Staff, sightOf } from '#people'
import { type Clock, type DbClient, Prisma } from '#platform'
import type { CardContext } from '../cards/proposal-card.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { viewPayment } from './view-payments.ts'

/** What chat needs of bank payments. */
export type PaymentsPort = {
  settle: (decision: PaymentDecision) => Promise<PaymentDecisionOutcome>
  reporting: () => Promise<ReportingRules>
}

export type SettlePaymentDeps = {
  client: DbClient
  clock: Clock
  payments: PaymentsPort
  context: CardContext
  redraw: (administrationId: number) => Promise<unknown>
}

/** Carries out a click that decides on a bank payment: within the person's sight and limit, on the payment as they saw it. */
export async function settlePaymentClick(deps: SettlePaymentDeps, { staff, action, data, values }: Click): Promise<ClickOutcome> {
  const { client, payments, context } = deps
  const { payments: words } = context.words
  const gone: ClickOutcome = { kind: 'refused', message: words.outcome.gone }
  const view = await viewPayment(client, sightOf(staff), idOf(data.payment))
  const choice = view && (await choiceOf(client, view.id, action, data, values))
  if (!view || !choice) return gone
  if (!(await isWithinLimit(deps, staff, { currency: view.currency, amount: new Prisma.Decimal(view.amount).abs() })))
    return { kind: 'refused', message: words.aboveLimit }
  const outcome = await payments.settle({ paymentId: view.id, actor: `staff:${staff.id}`, version: Number(data.version), choice })
  switch (outcome.kind) {
    case 'done':
      await deps.redraw(view.administrationId)
      return { kind: 'done', message: words.outcome.done }
    case 'changed':
      return { kind: 'refused', message: words.outcome.changed }
    case 'refused':
      return { kind: 'refused', message: words.outcome.refused(outcome.problem) }
    case 'not_found':
      return gone
    default:
      return outcome satisfies never
  }
}

const idOf = (text: string | undefined): number => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 0)

async function choiceOf(
  client: DbClient,
  paymentId: number,
  action: string,
  data: Record<string, string>,
  values: Record<string, string>,
): Promise<PaymentChoice | undefined> {
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
    case 'payment.take_back':
      return { kind: 'unallocate' }
    default:
      return undefined
  }
}

/** An amount that cannot be converted is above every limit. */
async function isWithinLimit(
  { client, clock, payments, context }: SettlePaymentDeps,
  staff: Staff,
  money: { currency: string; amount: Prisma.Decimal },
): Promise<boolean> {
  const limit = limitOf(staff, await readRightsPolicy(client))
  if (limit === null) return true
  const total = await reportingTotal(client, [money], await payments.reporting(), clock.today(context.format.timeZone))
  return total.kind === 'total' && total.amount.lte(limit)
}
