import type { PaymentProblemWords } from './en.ts'

/** Why what somebody said of a bank payment is not done, in Polish. */
export const paymentProblemsPl: PaymentProblemWords = {
  taken_back: 'Bank cofnął tę płatność.',
  invoices_twice: 'Podaj każdą fakturę tylko raz.',
  other_administration: 'Jedna z faktur nie należy do ksiąg tej płatności.',
  paid_already: 'Jedna z tych faktur jest już zapłacona.',
  other_debtor: 'Dłużnik nie należy do ksiąg tej płatności.',
  decided: 'To już nie czeka na decyzję.',
  other_currency: ({ invoice, currency, paidIn }) => `${invoice} jest w ${currency}, a płatność w ${paidIn}.`,
  beyond_invoice: ({ invoice, amount, currency }, format) => `Na ${invoice} można zaksięgować ${format.money(amount, currency)} z tej płatności.`,
  beyond_payment: ({ amount, currency }, format) => `Płatność nie jest tak duża: brakuje ${format.money(amount, currency)}.`,
  no_invoice: ({ invoice }) => `Nie ma faktury ${invoice}.`,
  several_invoices: ({ invoice }) => `Kilka faktur ma numer ${invoice}.`,
  not_returnable: ({ charges }) =>
    `Ta pozycja nie może cofnąć tej płatności: kwota musi być taka sama albo mniejsza najwyżej o ${charges} z powodu opłat bankowych.`,
}
