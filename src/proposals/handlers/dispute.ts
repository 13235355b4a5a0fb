import { addWorkingDays } from '#ledger'
import { Prisma } from '#platform'
import { type DisputeReason, disputeReasons, type Evidence, type Fact } from '#triage'
import { invoicesOf } from '../assign-invoices.ts'
import { answerWithin } from '../disputes/disputes-kind.ts'
import { evidenceOf, factsOf, type LedgerInvoice, type Situation, textOf } from '../situation.ts'
import type { Standing } from '../standing.ts'
import type { Handled, Handler } from './handler.ts'

/**
 * Opens a dispute on the invoices that are named and keeps dunning off exactly those, and says so. When none is, dunning is kept off
 * everything and the dispute names no invoice until the debtor or the person who decides says which. A mail about a dispute that is open already opens
 * none: whoever sees to it reads it. Where the debtor says how much of an invoice it contests, the rest goes on.
 */
export const dispute: Handler = async situation => {
  const reasons = factsOf(situation, 'dispute_reason')
  const named = invoicesOf(situation, 'dispute')
  const invoices = [...new Map(named.flatMap(({ invoice }) => (invoice ? [[invoice.id, invoice] as const] : []))).values()]
  const contested = contestedPart(situation, invoices)
  const evidence = evidenceOf(situation, 'dispute', [...reasons, ...(contested ? [contested] : []), ...named.map(({ fact }) => fact)])
  const again = openAlready(situation, invoices, reasons)
  if (again) return writtenAgain(situation, again, evidence)
  const invoiceIds = invoices.map(({ id }) => id)
  const reason = reasonOf(reasons[0] && textOf(reasons[0]))
  const answerDue = addWorkingDays(situation.sharedCalendar, situation.today, answerWithin(situation.disputes, reason)).toString()
  const owner = await situation.ownerOfDispute(reason)
  const text = evidence[0]?.text ?? ''
  const amount = contested && { amount: textOf(contested) }
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds, reason: 'dispute', ...amount }, evidence, protective: true },
      { kind: 'open_dispute', payload: { invoiceIds, reason, text, answerDue, ...amount, ...(owner && { ownerId: owner.id }) }, evidence },
    ],
    sections: [
      {
        template: 'dispute_acknowledged',
        slots: {
          invoices: invoices.map(({ number }) => number),
          answerDue,
          ...(amount && { amount: { ...amount, currency: invoices[0]?.currency ?? '' } }),
          ...(owner && { owner: owner.name }),
          ...aboutType(situation, reason),
          othersGoOn: invoices.length > 0 && situation.open.some(({ id }) => !invoiceIds.includes(id)),
        },
      },
    ],
  }
}

/** How much of the only invoice is contested, where the mail says one amount in its currency that is less than what is open of it. */
function contestedPart(situation: Situation, [invoice, ...others]: LedgerInvoice[]): Fact | undefined {
  const [said, ...more] = factsOf(situation, 'disputed_amount')
  if (!said || !invoice || others.length > 0 || more.some(({ value }) => value !== said.value)) return undefined
  const amount = new Prisma.Decimal(textOf(said))
  const isPart = amount.gt(0) && amount.lt(invoice.openAmount) && (said.currency ?? invoice.currency) === invoice.currency
  return isPart ? said : undefined
}

/** The open dispute that a mail is about once more: on all the invoices that it names, or the only one where it names none, for no other reason. */
function openAlready({ standing }: Situation, invoices: LedgerInvoice[], reasons: Fact[]): Standing['disputes'][number] | undefined {
  const [reason] = reasons
  const alike = standing.disputes.filter(({ type }) => reason === undefined || type === textOf(reason))
  if (invoices.length > 0) return alike.find(({ invoiceIds }) => invoices.every(({ id }) => invoiceIds.includes(id)))
  return standing.disputes.length === 1 ? alike[0] : undefined
}

function writtenAgain(situation: Situation, { type, answerDue, owner, invoiceIds }: Standing['disputes'][number], evidence: Evidence[]): Handled {
  const { calendar, today, open } = situation
  const isLate = answerDue <= today.toString()
  const dueOn = isLate ? addWorkingDays(calendar, today, 1).toString() : answerDue
  const invoices = open.filter(({ id }) => invoiceIds.includes(id)).map(({ number }) => number)
  return {
    actions: [{ kind: 'create_task', payload: { about: { code: 'dispute_again', type }, dueOn, ...(owner && { assigneeId: owner.id }) }, evidence }],
    // A day that is over is promised to nobody.
    ...(!isLate && { sections: [{ template: 'dispute_acknowledged', slots: { invoices, answerDue, ...(owner && { owner: owner.name }), type } }] }),
  }
}

/** What the acknowledgement says of the type: words of the settings, or those of the shipped template. */
function aboutType({ disputes, language }: Situation, type: string): { type: string; about?: string } {
  const about = disputes.types[type]?.acknowledgement?.[language]
  return { type, ...(about !== undefined && { about }) }
}

const reasonOf = (value: string | undefined): DisputeReason => disputeReasons.find(reason => reason === value) ?? 'other'
