import { Temporal } from 'temporal-polyfill'
import { endHold, placeHold } from '#dunning'
import { cancelPromise, registerPromise } from '#ledger'
import { fromInstant } from '#platform'
import { type ActionRunner, debtorOf, requireOwnInvoices } from './runner.ts'

/** Records the promise and keeps dunning off its invoices until the day after which the money should be there. */
export const registerPromiseAction: ActionRunner<'register_promise'> = {
  run: async action => {
    const { tx, payload, actionId, proposal, words } = action
    const debtorId = debtorOf(action)
    const { promisedOn, amount, currency, conditional, invoiceIds, saidOn, waitUntil, holdUntil, contactId } = payload
    await requireOwnInvoices(tx, debtorId, invoiceIds)
    const promiseId = await registerPromise(tx, {
      debtorId,
      promisedOn,
      amount,
      currency,
      invoiceIds,
      conditional,
      saidOn,
      waitUntil,
      contactId,
      evidence: words,
      messageId: proposal.messageId,
      actionId,
    })
    if (holdUntil !== undefined) {
      await placeHold(tx, { debtorId, invoiceIds, reason: 'promise', until: Temporal.PlainDate.from(holdUntil), actionId, proposalId: proposal.id })
    }
    return { result: { promiseId } }
  },
  undo: async ({ tx, actionId, now }) => {
    const isCancelled = await cancelPromise(tx, { actionId })
    if (isCancelled) await endHold(tx, { actionId }, fromInstant(now))
    return isCancelled
  },
}
