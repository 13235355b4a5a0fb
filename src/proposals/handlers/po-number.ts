import { invoicesOf } from '../assign-invoices.ts'
import type { InvoiceCopy } from '../invoice-copies.ts'
import { evidenceOf, factsOf, type LedgerInvoice, type Situation, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** More files than that are asked for, not sent along. */
const mostCopies = 10

/**
 * Puts the PO number on the invoices that are named, or on the only one that is open, and sends their copies along, for the debtor to process under it;
 * asks which one otherwise.
 */
export const poNumber: Handler = async situation => {
  const [number, ...others] = factsOf(situation, 'po_number')
  const named = invoicesOf(situation, 'po_number')
  const evidence = evidenceOf(situation, 'po_number', [...(number ? [number] : []), ...named.map(({ fact }) => fact)])
  const isClear = number !== undefined && others.every(other => other.value === number.value) && /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,39}$/u.test(textOf(number))
  if (!isClear) return { actions: [{ kind: 'create_task', payload: { about: { code: 'po_unread' } }, evidence }] }

  const invoices = [...new Map(named.flatMap(({ invoice }) => (invoice ? [[invoice.id, invoice] as const] : []))).values()]
  const chosen = named.length === 0 && situation.open.length === 1 ? situation.open : invoices
  const po = textOf(number)
  if (chosen.length === 0) {
    return {
      actions: [{ kind: 'create_task', payload: { about: { code: 'po_unassigned', poNumber: po } }, evidence }],
      sections: [{ template: 'po_number_invoice_request', slots: { poNumber: po } }],
    }
  }
  const attachments = await copiesOf(situation, chosen)
  const enclosed = chosen.filter(({ id }) => attachments.some(({ invoiceId }) => invoiceId === id))
  const slots = { poNumber: po, invoices: chosen.map(each => each.number), copies: enclosed.map(each => each.number) }
  return {
    actions: [{ kind: 'register_po_number', payload: { invoiceIds: chosen.map(({ id }) => id), poNumber: po }, evidence }],
    sections: [{ template: 'po_number_noted', slots }],
    ...(attachments.length > 0 && { copies: { attachments, invoiceIds: enclosed.map(({ id }) => id), missing: [] } }),
  }
}

/** Copies that the mail asks for by itself are sent as such. */
async function copiesOf({ intents, findCopy }: Situation, invoices: LedgerInvoice[]): Promise<InvoiceCopy[]> {
  if (intents.includes('invoice_copy_request')) return []
  const copies: InvoiceCopy[] = []
  for (const invoice of invoices.slice(0, mostCopies)) {
    const copy = await findCopy(invoice)
    if (copy) copies.push(copy)
  }
  return copies
}
