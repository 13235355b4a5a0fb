import { Temporal } from 'temporal-polyfill'
import { endHold, placeHold } from '#dunning'
import { fromInstant } from '#platform'
import { type ActionRunner, debtorOf, requireOwnInvoices } from './runner.ts'

/** Keeps outbound dunning off invoices, or off everything of the debtor. */
export const placeHoldAction: ActionRunner<'place_hold'> = {
  run: async action => {
    const { tx, payload, actionId, proposal } = action
    const debtorId = debtorOf(action)
    await requireOwnInvoices(tx, debtorId, payload.invoiceIds)
    const until = payload.until === undefined ? undefined : Temporal.PlainDate.from(payload.until)
    return {
      result: { holdIds: await placeHold(tx, { debtorId, ...payload, until, actionId, proposalId: proposal.id }) },
    }
  },
  undo: async ({ tx, actionId, now }) => {
    await endHold(tx, { actionId }, fromInstant(now))
    return true
  },
}
