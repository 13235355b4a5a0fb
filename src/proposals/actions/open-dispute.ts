import { openDispute, withdrawDispute } from '#ledger'
import { type ActionRunner, debtorOf, requireOwnInvoices } from './runner.ts'

/** Opens a dispute on exactly the named invoices; the hold on them is an action of its own. */
export const openDisputeAction: ActionRunner<'open_dispute'> = {
  run: async action => {
    const { tx, payload, actionId, proposal } = action
    const debtorId = debtorOf(action)
    await requireOwnInvoices(tx, debtorId, payload.invoiceIds)
    return { result: { disputeId: await openDispute(tx, { debtorId, ...payload, messageId: proposal.messageId, actionId }) } }
  },
  undo: ({ tx, actionId }) => withdrawDispute(tx, { actionId }),
}
