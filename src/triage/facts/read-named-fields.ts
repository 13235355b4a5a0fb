import type { Evidence, Fact, MessageToRead } from '../reading.ts'
import { findBlocked } from './find-blocked.ts'
import { findInvoiceNumbers, type NumberIndex } from './find-invoice-numbers.ts'
import { foldText } from './fold-text.ts'

const maxAttachments = 50

/** "Our invoice 2026-311": of the sender, unless the ledger knows it. */
const theirs =
  /(?<![a-z])(?:our|onze|unsere?|notre|nasza|nuestra|nostra)\s(?:[a-z]{2,12}\s)?(?:invoice|factuur|rechnung|facture|faktura|factura|fattura)(?![a-z])/

/**
 * Invoice numbers that stand only in the subject or an attachment's name; their evidence names the field. What the ledger
 * does not know counts for nothing in mail that is `unrelated` or names the sender's own invoice.
 */
export function readNamedFields(message: MessageToRead, numbers: NumberIndex, found: Fact[], isUnrelated: boolean): Fact[] {
  const seen = new Set(found.filter(({ kind }) => kind === 'invoice_number').map(({ value }) => value))
  const fields: { field: NonNullable<Evidence['field']>; text: string }[] = [
    { field: 'subject', text: message.subject.slice(0, 1000) },
    ...message.attachmentNames.slice(0, maxAttachments).map(text => ({ field: 'attachment' as const, text: text.slice(0, 300) })),
  ]
  const facts: Fact[] = []
  for (const { field, text } of fields) {
    const base = field === 'attachment' ? text.replace(/\.[A-Za-z0-9]{1,5}$/, '') : text
    const folded = foldText(base.replace(/_/g, ' '))
    for (const { value, start, end, known } of findInvoiceNumbers(base.replace(/_/g, ' '), folded, numbers, findBlocked(base, folded))) {
      if (seen.has(value)) continue
      seen.add(value)
      facts.push({
        kind: 'invoice_number',
        value,
        confidence: known ? 0.9 : isUnrelated || theirs.test(folded) ? 0.4 : 0.7,
        evidence: { start, end, text: text.slice(start, end), field },
      })
    }
  }
  return facts
}
