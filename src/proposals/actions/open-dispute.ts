import { openDispute, withdrawDispute } from '#ledger'
import { fromInstant } from '#platform'
import { disputeOwner } from '../disputes/dispute-owner.ts'
import { type ActionRunner, debtorOf, requireOwnInvoices } from './runner.ts'

/** Opens a dispute on exactly the named invoices; the hold on them is an action of its own. */
export const openDisputeAction: ActionRunner<'open_dispute'> = {
  run: async action => {
    const { tx, payload, actionId, proposal, rules, now } = action
    const debtorId = debtorOf(action)
    await requireOwnInvoices(tx, debtorId, payload.invoiceIds)
    const about = { type: payload.reason, debtorId, rules: rules.disputes }
    const ownerId = payload.ownerId ?? (await disputeOwner(tx, about, [proposal.ownerId, proposal.decidedById]))
    const opened = { messageId: proposal.messageId, actionId, ownerId, staffId: proposal.decidedById, at: fromInstant(now) }
    return { result: { disputeId: await openDispute(tx, { debtorId, ...payload, ...opened }) } }
  },
  undo: ({ tx, actionId }) => withdrawDispute(tx, { actionId }),
}
