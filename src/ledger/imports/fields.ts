/** What one file holds. `flat`: one row per invoice, with its debtor beside it. */
export type ImportType = 'flat' | 'debtors' | 'invoices' | 'payments' | 'orders'

/** `number`: of an invoice, a debtor, an order; text that a spreadsheet may have taken for a figure. `side`: debit or credit. */
type FieldKind = 'text' | 'number' | 'date' | 'amount' | 'country' | 'language' | 'currency' | 'emails' | 'side'
export type Field = {
  name: string
  kind: FieldKind
  required: boolean
  /** A bad value of an optional fact about the debtor leaves the field empty with a warning: an invoice must not stay out of the ledger for it. */
  soft: boolean
}

const field = (name: string, kind: FieldKind = 'text'): Field => ({ name, kind, required: false, soft: false })
const required = (name: string, kind: FieldKind = 'text'): Field => ({ ...field(name, kind), required: true })
const soft = (name: string, kind: FieldKind): Field => ({ ...field(name, kind), soft: true })

const administration = field('administration')
const debtorNumber = required('debtor_number', 'number')
const debtorFacts = [
  soft('country', 'country'),
  soft('language', 'language'),
  soft('email', 'emails'),
  soft('phone', 'number'),
  field('contact_name'),
  // Where post reaches it: `address` is what stands before postcode and city, or all of it.
  soft('address', 'text'),
  soft('street', 'text'),
  soft('house_number', 'number'),
  soft('postcode', 'number'),
  soft('city', 'text'),
  soft('company_number', 'number'),
  soft('vat_number', 'number'),
  field('legal_form'),
  field('group'),
  field('collector'),
  soft('payment_reference', 'number'),
  // How much it may owe: by our own limit, and as far as an insurer covers it. Empty: no limit; 0: nothing.
  soft('credit_limit', 'amount'),
  soft('insured_limit', 'amount'),
  field('insurer'),
  soft('limit_currency', 'currency'),
]
const invoiceFacts = [
  required('invoice_number', 'number'),
  field('invoice_date', 'date'),
  required('due_date', 'date'),
  required('amount', 'amount'),
  // Where a program writes credits without a minus: in a column of their own beside the debits, or with a mark for each row.
  field('credit_amount', 'amount'),
  field('debit_credit', 'side'),
  field('open_amount', 'amount'),
  field('currency', 'currency'),
  soft('po_number', 'number'),
  soft('order_number', 'number'),
]

/** What the lines of a bank account say beyond that (`bank_statement: true` in the mapping). */
const bankFacts = [field('account'), field('payer_name'), field('payer_iban'), field('structured_reference'), field('end_to_end_id')]

/** The fields of each type; without a mapping a column is looked for under the field's own name. */
export const importFields: Record<ImportType, Field[]> = {
  flat: [administration, debtorNumber, required('debtor_name'), ...debtorFacts, ...invoiceFacts],
  debtors: [administration, debtorNumber, required('debtor_name'), ...debtorFacts],
  invoices: [administration, debtorNumber, ...invoiceFacts, soft('payment_reference', 'number')],
  payments: [
    administration,
    required('payment_reference', 'number'),
    required('received_on', 'date'),
    required('amount', 'amount'),
    field('currency', 'currency'),
    field('debtor_number', 'number'),
    field('invoice_number', 'number'),
    field('allocated_amount', 'amount'),
    field('text'),
    ...bankFacts,
  ],
  orders: [
    administration,
    debtorNumber,
    required('order_number', 'number'),
    field('order_date', 'date'),
    required('amount', 'amount'),
    field('currency', 'currency'),
    soft('po_number', 'number'),
    field('status'),
  ],
}

/** The two columns in front of every row of a reject file; an import passes over them. */
export const rejectColumns = ['duncan_line', 'duncan_problem'] as const
