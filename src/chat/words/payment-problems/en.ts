import type { PaymentProblem } from '#ledger'
import type { Sentences } from '../sentences.ts'

export type PaymentProblemWords = Sentences<PaymentProblem>

/** Why what somebody said of a bank payment is not done, in English. */
export const paymentProblemsEn: PaymentProblemWords = {
  taken_back: 'The bank took this payment back.',
  invoices_twice: 'Name each invoice once.',
  other_administration: 'An invoice is not in the administration of this payment.',
  paid_already: 'One of these invoices is paid already.',
  other_debtor: 'The debtor is not in the administration of this payment.',
  decided: 'It does not wait for a decision any more.',
  other_currency: ({ invoice, currency, paidIn }) => `${invoice} is in ${currency} and the payment in ${paidIn}.`,
  beyond_invoice: ({ invoice, amount, currency }, format) => `${invoice} can take ${format.money(amount, currency)} of this payment.`,
  beyond_payment: ({ amount, currency }, format) => `The payment does not hold as much: ${format.money(amount, currency)} too little.`,
  no_invoice: ({ invoice }) => `There is no invoice ${invoice}.`,
  several_invoices: ({ invoice }) => `Several invoices are called ${invoice}.`,
  not_returnable: ({ charges }) =>
    `That is no payment that this line can take back: its amount must be the same, or up to ${charges} less for the bank’s charges.`,
}
