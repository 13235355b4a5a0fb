import type { PaymentProblemWords } from './en.ts'

/** Why what somebody said of a bank payment is not done, in German. */
export const paymentProblemsDe: PaymentProblemWords = {
  taken_back: 'Die Bank hat diese Zahlung zurückgeholt.',
  invoices_twice: 'Nennen Sie jede Rechnung nur einmal.',
  other_administration: 'Eine Rechnung gehört nicht zum Buchungskreis dieser Zahlung.',
  paid_already: 'Eine dieser Rechnungen ist schon bezahlt.',
  other_debtor: 'Der Debitor gehört nicht zum Buchungskreis dieser Zahlung.',
  decided: 'Das wartet nicht mehr auf eine Entscheidung.',
  other_currency: ({ invoice, currency, paidIn }) => `${invoice} lautet auf ${currency} und die Zahlung auf ${paidIn}.`,
  beyond_invoice: ({ invoice, amount, currency }, format) => `${invoice} kann ${format.money(amount, currency)} dieser Zahlung aufnehmen.`,
  beyond_payment: ({ amount, currency }, format) => `So hoch ist die Zahlung nicht: Es fehlen ${format.money(amount, currency)}.`,
  no_invoice: ({ invoice }) => `Es gibt keine Rechnung ${invoice}.`,
  several_invoices: ({ invoice }) => `Mehrere Rechnungen heißen ${invoice}.`,
  not_returnable: ({ charges }) =>
    `Diese Zahlung kann die Zeile nicht zurückholen: Der Betrag muss gleich sein oder wegen Bankgebühren höchstens ${charges} niedriger.`,
}
