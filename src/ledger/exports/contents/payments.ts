import { amount, date, type ExportContent, text } from '../content.ts'

/** Payments with their allocation: a row for each invoice that one pays, or one row without an invoice. */
export const payments: ExportContent = {
  row: 'payment',
  columns: [
    text('administration', 'a.code'),
    text('payment_reference', 'p.reference'),
    date('received_on', 'p."receivedOn"'),
    text('currency', 'p.currency'),
    amount('amount', 'p.amount'),
    // Whose invoice it pays; where it pays none, who paid.
    text('debtor_number', 'COALESCE(settled.number, payer.number)'),
    text('invoice_number', 'i.number'),
    amount('allocated_amount', 'l.amount'),
    amount('waived_amount', 'NULLIF(l.waived, 0)'),
    text('payer_debtor_number', 'payer.number'),
    text('text', 'p.text'),
    text('source', 'p.source'),
    text('status', 'p.status'),
    text('payer_name', 'p."payerName"'),
    text('payer_iban', 'p."payerIban"'),
    text('structured_reference', 'p."structuredReference"'),
    text('end_to_end_id', 'p."endToEndId"'),
    text('bank_reference', 'p."bankReference"'),
  ],
  key: ['administration', 'payment_reference', 'invoice_number'],
  sums: ['allocated_amount', 'waived_amount'],
  id: `concat_ws('/', p.id, l."invoiceId")`,
  from: `"Payment" p JOIN "Administration" a ON a.id = p."administrationId" LEFT JOIN "Debtor" payer ON payer.id = p."debtorId"
    LEFT JOIN "PaymentAllocation" l ON l."paymentId" = p.id LEFT JOIN "Invoice" i ON i.id = l."invoiceId" LEFT JOIN "Debtor" settled ON settled.id = i."debtorId"`,
}
