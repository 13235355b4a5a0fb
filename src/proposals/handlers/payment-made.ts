import { addWorkingDays } from '#ledger'
import { Prisma } from '#platform'
import { invoicesOf } from '../assign-invoices.ts'
import { paymentSection } from '../payment-answer.ts'
import { evidenceOf, factsOf, type LedgerInvoice, type Situation, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/**
 * A payment that fits invoices is compared with the bank's statements: what they have is said to be received; what they do not have yet is
 * noted and keeps dunning off for some days; what fits nothing, or should be there and is not, is asked about.
 */
export const paymentMade: Handler = async situation => {
  const paidOn = factsOf(situation, 'paid_date')[0]
  const amount = factsOf(situation, 'paid_amount')[0]
  const named = invoicesOf(situation, 'payment_made')
  const facts = [...(paidOn ? [paidOn] : []), ...(amount ? [amount] : []), ...named.map(({ fact }) => fact)]
  const evidence = evidenceOf(situation, 'payment_made', facts)
  const holdUntil = addWorkingDays(situation.calendar, situation.today, situation.promises.arrivalDays).toString()
  const claimed = named.length > 0 ? named.flatMap(({ invoice }) => invoice ?? []) : fittingAmount(situation)
  const currency = amount?.currency ?? claimed[0]?.currency
  const paid = { ...(paidOn && { paidOn: textOf(paidOn) }), ...(currency && { currency }) }
  const claim = {
    invoiceIds: [...new Set(claimed.map(({ id }) => id))],
    invoices: [...new Set(claimed.map(({ number }) => number))],
    ...(amount && { paid: textOf(amount) }),
    ...paid,
  }
  const answer = await situation.checkClaim(claim)
  if (answer.kind === 'matched') return { sections: [paymentSection(answer, claim, situation.isStale)] }

  const open = claimed.filter(({ isOpen }) => isOpen)
  if (open.length === 0) {
    return {
      actions: [{ kind: 'place_hold', payload: { invoiceIds: [], reason: 'payment_claim', until: holdUntil }, evidence, protective: true }],
      sections: [{ template: 'payment_proof_request', slots: { claim } }],
    }
  }
  const { currency: _currency, ...day } = paid
  return {
    actions: [
      {
        kind: 'mark_payment_claimed',
        payload: {
          invoiceIds: [...new Set(open.map(({ id }) => id))],
          ...day,
          ...(amount && { amount: textOf(amount), ...(currency && { currency }) }),
          holdUntil,
        },
        evidence,
      },
    ],
    sections: [paymentSection(answer, { ...claim, invoices: [...new Set(open.map(({ number }) => number))] }, situation.isStale)],
  }
}

/** Without numbers, the paid amount must be that of exactly one open invoice, or of all of them together. */
function fittingAmount(situation: Situation): LedgerInvoice[] {
  const amount = factsOf(situation, 'paid_amount')[0]
  if (!amount) return []
  const paid = new Prisma.Decimal(textOf(amount))
  const comparable = situation.open.filter(({ currency }) => amount.currency === undefined || currency === amount.currency)
  const single = comparable.filter(({ openAmount }) => openAmount.eq(paid))
  if (single.length === 1) return single
  const currencies = new Set(comparable.map(({ currency }) => currency))
  const total = comparable.reduce((sum, { openAmount }) => sum.add(openAmount), new Prisma.Decimal(0))
  return currencies.size === 1 && total.eq(paid) ? comparable : []
}
