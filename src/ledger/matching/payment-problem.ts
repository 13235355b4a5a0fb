/** Why a person's word on a bank payment is not followed. Amounts are decimal strings. */
export type PaymentProblem =
  | { code: 'taken_back' | 'invoices_twice' | 'other_administration' | 'paid_already' | 'other_debtor' | 'decided' }
  | { code: 'other_currency'; invoice: string; currency: string; paidIn: string }
  /** What an invoice, or the payment itself, can still take. */
  | { code: 'beyond_invoice'; invoice: string; amount: string; currency: string }
  | { code: 'beyond_payment'; amount: string; currency: string }
  | { code: 'no_invoice' | 'several_invoices'; invoice: string }
  /** `charges`: by how much less the bank may have taken back. */
  | { code: 'not_returnable'; charges: string }
