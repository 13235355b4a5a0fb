import { Temporal } from 'temporal-polyfill'
import { endHold, placeHold } from '#dunning'
import { addNote, removeNote } from '#ledger'
import { fromInstant } from '#platform'
import { type ActionRunner, debtorOf, requireOwnInvoices } from './runner.ts'

/** Notes that the debtor says to have paid, and gives the money some days to arrive. */
export const markPaymentClaimedAction: ActionRunner<'mark_payment_claimed'> = {
  run: async action => {
    const { tx, payload, actionId, proposal } = action
    const debtorId = debtorOf(action)
    const { invoiceIds, paidOn, amount, currency, holdUntil } = payload
    await requireOwnInvoices(tx, debtorId, invoiceIds)
    const text = ['The debtor says this was paid', paidOn && `on ${paidOn}`, amount && `(${amount} ${currency ?? ''})`].filter(Boolean).join(' ')
    const noteId = await addNote(tx, { debtorId, text, invoiceIds, actionId })
    await placeHold(tx, { debtorId, invoiceIds, reason: 'payment_claim', until: Temporal.PlainDate.from(holdUntil), actionId, proposalId: proposal.id })
    return { result: { noteId } }
  },
  undo: async ({ tx, actionId, now }) => {
    await removeNote(tx, actionId)
    await endHold(tx, { actionId }, fromInstant(now))
    return true
  },
}
