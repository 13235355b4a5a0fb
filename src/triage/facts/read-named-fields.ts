import type { Evidence, Fact, MessageToRead } from '../reading.ts'
import { findBlocked } from './find-blocked.ts'
import { findInvoiceNumbers, type NumberIndex } from './find-invoice-numbers.ts'
import { foldText } from './fold-text.ts'

const maxAttachments = 50

/** Invoice numbers that stand only in the subject or an attachment's name; their evidence names the field. */
export function readNamedFields(message: MessageToRead, numbers: NumberIndex, found: Fact[]): Fact[] {
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
      facts.push({ kind: 'invoice_number', value, confidence: known ? 0.9 : 0.7, evidence: { start, end, text: text.slice(start, end), field } })
    }
  }
  return facts
}
