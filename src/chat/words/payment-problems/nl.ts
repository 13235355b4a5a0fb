import type { PaymentProblemWords } from './en.ts'

/** Why what somebody said of a bank payment is not done, in Dutch. */
export const paymentProblemsNl: PaymentProblemWords = {
  taken_back: 'De bank heeft deze betaling teruggehaald.',
  invoices_twice: 'Noem elke factuur één keer.',
  other_administration: 'Een factuur hoort niet bij de administratie van deze betaling.',
  paid_already: 'Een van deze facturen is al betaald.',
  other_debtor: 'De debiteur hoort niet bij de administratie van deze betaling.',
  decided: 'Dit wacht niet meer op een beslissing.',
  other_currency: ({ invoice, currency, paidIn }) => `${invoice} is in ${currency} en de betaling in ${paidIn}.`,
  beyond_invoice: ({ invoice, amount, currency }, format) => `Op ${invoice} kan ${format.money(amount, currency)} van deze betaling worden geboekt.`,
  beyond_payment: ({ amount, currency }, format) => `Zoveel is de betaling niet: er ontbreekt ${format.money(amount, currency)}.`,
  no_invoice: ({ invoice }) => `Er is geen factuur ${invoice}.`,
  several_invoices: ({ invoice }) => `Meerdere facturen heten ${invoice}.`,
  not_returnable: ({ charges }) =>
    `Die betaling kan deze regel niet terughalen: het bedrag moet hetzelfde zijn, of hoogstens ${charges} minder vanwege bankkosten.`,
}
