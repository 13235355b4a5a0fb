import { z } from 'zod'
import { poNumbersBeforeSchema, registerPoNumber, restorePoNumbers } from '#ledger'
import { type ActionRunner, debtorOf, requireOwnInvoices } from './runner.ts'

/** Puts the debtor's PO number on invoices. */
export const registerPoNumberAction: ActionRunner<'register_po_number'> = {
  run: async action => {
    const debtorId = debtorOf(action)
    await requireOwnInvoices(action.tx, debtorId, action.payload.invoiceIds)
    return { result: { before: await registerPoNumber(action.tx, { debtorId, ...action.payload }) } }
  },
  undo: async ({ tx, result, payload }) => {
    await restorePoNumbers(tx, z.object({ before: poNumbersBeforeSchema }).parse(result).before, payload.poNumber)
    return true
  },
}
