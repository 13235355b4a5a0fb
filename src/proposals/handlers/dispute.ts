import { addWorkingDays } from '#ledger'
import { type DisputeReason, disputeReasons } from '#triage'
import { invoicesOf } from '../assign-invoices.ts'
import { evidenceOf, factsOf, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Working days within which the debtor is told what became of the complaint. */
export const answerWithin = 5

/**
 * Opens a dispute on the invoices that are named and keeps dunning off exactly those. When none is, dunning is kept off everything
 * and the dispute names no invoice until the debtor or the person who decides says which.
 */
export const dispute: Handler = situation => {
  const reasons = factsOf(situation, 'dispute_reason')
  const named = invoicesOf(situation, 'dispute')
  const invoices = [...new Map(named.flatMap(({ invoice }) => (invoice ? [[invoice.id, invoice] as const] : []))).values()]
  const evidence = evidenceOf(situation, 'dispute', [...reasons, ...named.map(({ fact }) => fact)])
  const invoiceIds = invoices.map(({ id }) => id)
  const answerDue = addWorkingDays(situation.calendar, situation.today, answerWithin).toString()
  const text = evidence[0]?.text ?? ''
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds, reason: 'dispute' }, evidence, protective: true },
      { kind: 'open_dispute', payload: { invoiceIds, reason: reasonOf(reasons[0] && textOf(reasons[0])), text, answerDue }, evidence },
    ],
    sections: [{ template: 'dispute_acknowledged', slots: { invoices: invoices.map(({ number }) => number), answerDue } }],
  }
}

const reasonOf = (value: string | undefined): DisputeReason => disputeReasons.find(reason => reason === value) ?? 'other'
