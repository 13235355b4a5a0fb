import type { PaymentProblemWords } from './en.ts'

/** Why what somebody said of a bank payment is not done, in French. */
export const paymentProblemsFr: PaymentProblemWords = {
  taken_back: 'La banque a repris ce paiement.',
  invoices_twice: 'Indiquez chaque facture une seule fois.',
  other_administration: 'Une facture ne fait pas partie de la comptabilité de ce paiement.',
  paid_already: 'L’une de ces factures est déjà payée.',
  other_debtor: 'Le débiteur ne fait pas partie de la comptabilité de ce paiement.',
  decided: 'Cela n’attend plus de décision.',
  other_currency: ({ invoice, currency, paidIn }) => `${invoice} est en ${currency} et le paiement en ${paidIn}.`,
  beyond_invoice: ({ invoice, amount, currency }, format) => `${invoice} peut recevoir ${format.money(amount, currency)} de ce paiement.`,
  beyond_payment: ({ amount, currency }, format) => `Le paiement n’est pas aussi élevé : il manque ${format.money(amount, currency)}.`,
  no_invoice: ({ invoice }) => `Il n’y a pas de facture ${invoice}.`,
  several_invoices: ({ invoice }) => `Plusieurs factures portent le numéro ${invoice}.`,
  not_returnable: ({ charges }) =>
    `Cette ligne ne peut pas reprendre ce paiement : son montant doit être le même, ou inférieur d’au plus ${charges} pour les frais bancaires.`,
}
