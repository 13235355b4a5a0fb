import { addWorkingDays } from '#ledger'
import { Prisma } from '#platform'
import { invoicesOf } from '../assign-invoices.ts'
import { evidenceOf, factsOf, type LedgerInvoice, type Situation, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Working days in which a payment that the debtor says was made should arrive. */
const arrival = 5

/** A payment that fits invoices is noted and keeps dunning off them for some days; one that fits none is asked about. */
export const paymentMade: Handler = situation => {
  const paidOn = factsOf(situation, 'paid_date')[0]
  const amount = factsOf(situation, 'paid_amount')[0]
  const named = invoicesOf(situation, 'payment_made')
  const facts = [...(paidOn ? [paidOn] : []), ...(amount ? [amount] : []), ...named.map(({ fact }) => fact)]
  const evidence = evidenceOf(situation, 'payment_made', facts)
  const holdUntil = addWorkingDays(situation.calendar, situation.today, arrival).toString()
  const invoices = named.length > 0 ? named.flatMap(({ invoice }) => (invoice?.isOpen ? [invoice] : [])) : fittingAmount(situation)
  if (invoices.length === 0) {
    return {
      actions: [{ kind: 'place_hold', payload: { invoiceIds: [], reason: 'payment_claim', until: holdUntil }, evidence, protective: true }],
      sections: [{ template: 'payment_proof_request', slots: {} }],
    }
  }
  const currency = amount?.currency ?? invoices[0]?.currency
  return {
    actions: [
      {
        kind: 'mark_payment_claimed',
        payload: {
          invoiceIds: [...new Set(invoices.map(({ id }) => id))],
          ...(paidOn && { paidOn: textOf(paidOn) }),
          ...(amount && { amount: textOf(amount), ...(currency && { currency }) }),
          holdUntil,
        },
        evidence,
      },
    ],
    sections: [
      { template: 'payment_noted', slots: { invoices: [...new Set(invoices.map(({ number }) => number))], ...(paidOn && { paidOn: textOf(paidOn) }) } },
    ],
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
