import { amount, date, debtorColumns, type ExportContent, text, withDebtor } from '../content.ts'
import { debtorFacts, debtorTables } from './debtors.ts'

/** Every invoice and credit note with its debtor beside it, as the flat ledger file has them. */
export const invoices: ExportContent = {
  row: 'invoice',
  columns: [
    ...debtorColumns,
    ...debtorFacts,
    text('payment_reference', 'i."paymentReference"'),
    text('invoice_number', 'i.number'),
    text('kind', 'i.kind'),
    date('invoice_date', 'i."invoiceDate"'),
    date('due_date', 'i."dueDate"'),
    text('currency', 'i.currency'),
    amount('amount', 'i.amount'),
    amount('open_amount', 'i."openAmount"'),
    // The ledger's own figure: bank money that it does not contain yet is not taken off.
    amount('ledger_open_amount', 'COALESCE(i."ledgerOpenAmount", i."openAmount")'),
    text('status', 'i.status'),
    text('po_number', 'i."poNumber"'),
    text('order_number', 'i."orderNumber"'),
  ],
  key: ['administration', 'invoice_number'],
  sums: ['amount', 'open_amount', 'ledger_open_amount'],
  id: 'i.id',
  from: `${withDebtor('Invoice', 'i')} ${debtorTables}`,
}

/** The same of what is still owed, by Duncan's figures or by the ledger's own. */
export const openItems: ExportContent = { ...invoices, row: 'open_item', where: `(i.status = 'open' OR i."ledgerOpenAmount" <> 0)` }
