import { invoicesOf } from '../assign-invoices.ts'
import type { InvoiceCopy } from '../invoice-copies.ts'
import { evidenceOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Attaches the copies that were found; those that were not are named, to the debtor and to the person who decides. */
export const invoiceCopyRequest: Handler = async situation => {
  const named = invoicesOf(situation, 'invoice_copy_request')
  const invoices = [...new Map(named.flatMap(({ invoice }) => (invoice ? [[invoice.id, invoice] as const] : []))).values()]
  if (invoices.length === 0) return { sections: [{ template: 'invoice_number_request', slots: {} }] }

  const attachments: InvoiceCopy[] = []
  const missing: string[] = []
  for (const invoice of invoices) {
    const copy = await situation.findCopy(invoice)
    if (copy) attachments.push(copy)
    else missing.push(invoice.number)
  }
  const found = invoices.filter(({ id }) => attachments.some(({ invoiceId }) => invoiceId === id))
  const evidence = evidenceOf(
    situation,
    'invoice_copy_request',
    named.map(({ fact }) => fact),
  )
  return {
    copies: { attachments, invoiceIds: found.map(({ id }) => id), missing },
    sections: [
      ...(found.length > 0 ? [{ template: 'invoice_copies', slots: { invoices: found.map(({ number }) => number) } }] : []),
      ...(missing.length > 0 ? [{ template: 'invoice_copies_missing', slots: { invoices: missing } }] : []),
    ],
    ...(missing.length > 0 && {
      actions: [{ kind: 'create_task', payload: { about: { code: 'pdf_missing', invoices: missing } }, evidence }],
      warnings: [{ kind: 'copies_missing', detail: missing.join(', ') }],
    }),
  }
}
