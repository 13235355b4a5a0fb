import { addWorkingDays } from '#ledger'
import { type DisputeReason, disputeReasons } from '#triage'
import { invoicesOf } from '../assign-invoices.ts'
import { answerWithin } from '../disputes/disputes-kind.ts'
import { evidenceOf, factsOf, type Situation, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/**
 * Opens a dispute on the invoices that are named and keeps dunning off exactly those, and says so. When none is, dunning is kept off
 * everything and the dispute names no invoice until the debtor or the person who decides says which.
 */
export const dispute: Handler = async situation => {
  const reasons = factsOf(situation, 'dispute_reason')
  const named = invoicesOf(situation, 'dispute')
  const invoices = [...new Map(named.flatMap(({ invoice }) => (invoice ? [[invoice.id, invoice] as const] : []))).values()]
  const evidence = evidenceOf(situation, 'dispute', [...reasons, ...named.map(({ fact }) => fact)])
  const invoiceIds = invoices.map(({ id }) => id)
  const reason = reasonOf(reasons[0] && textOf(reasons[0]))
  const answerDue = addWorkingDays(situation.sharedCalendar, situation.today, answerWithin(situation.disputes, reason)).toString()
  const owner = await situation.ownerOfDispute(reason)
  const text = evidence[0]?.text ?? ''
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds, reason: 'dispute' }, evidence, protective: true },
      { kind: 'open_dispute', payload: { invoiceIds, reason, text, answerDue, ...(owner && { ownerId: owner.id }) }, evidence },
    ],
    sections: [
      {
        template: 'dispute_acknowledged',
        slots: {
          invoices: invoices.map(({ number }) => number),
          answerDue,
          ...(owner && { owner: owner.name }),
          ...aboutType(situation, reason),
          othersGoOn: invoices.length > 0 && situation.open.some(({ id }) => !invoiceIds.includes(id)),
        },
      },
    ],
  }
}

/** What the acknowledgement says of the type: words of the settings, or those of the shipped template. */
function aboutType({ disputes, language }: Situation, type: string): { type: string; about?: string } {
  const about = disputes.types[type]?.acknowledgement?.[language]
  return { type, ...(about !== undefined && { about }) }
}

const reasonOf = (value: string | undefined): DisputeReason => disputeReasons.find(reason => reason === value) ?? 'other'
