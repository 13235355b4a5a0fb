import { endHold, placeHold } from '#dunning'
import { agreePlan, endPlan } from '#ledger'
import { fromInstant } from '#platform'
import { type ActionRunner, debtorOf, requireOwnInvoices } from './runner.ts'

/** Records the payment plan and keeps dunning off its invoices until it ends. */
export const agreePaymentPlanAction: ActionRunner<'agree_payment_plan'> = {
  run: async action => {
    const { tx, payload, actionId, proposal, now } = action
    const debtorId = debtorOf(action)
    const { invoiceIds, instalments } = payload
    await requireOwnInvoices(tx, debtorId, invoiceIds)
    const planId = await agreePlan(tx, { debtorId, invoiceIds, instalments, at: fromInstant(now), messageId: proposal.messageId, actionId })
    await placeHold(tx, { debtorId, invoiceIds, reason: 'payment_plan', actionId, proposalId: proposal.id })
    return { result: { planId } }
  },
  undo: async ({ tx, actionId, now }) => {
    const isTakenBack = await endPlan(tx, { actionId }, 'cancelled', fromInstant(now))
    if (isTakenBack) await endHold(tx, { actionId }, fromInstant(now))
    return isTakenBack
  },
}
