import { confirmForm, reviewForm } from '../../../src/chat/bulk/forms.ts'
import type { ReceiptLine } from '../../../src/chat/bulk/outcome.ts'
import type { BulkView } from '../../../src/chat/bulk/read-bulk.ts'
import { bulkCard, foldedCard, receiptCard } from '../../../src/chat/cards/bulk-card.ts'
import type { CardContext } from '../../../src/chat/cards/proposal-card.ts'
import { aView } from '../views.ts'

const names = ['Visser Installatie BV', 'Bakkerij De Korf', 'Kwekerij Zonneveld BV', 'Müller & Söhne GmbH', 'Atelier Dubois SARL']
const lines = Array.from(
  { length: 17 },
  (_none, index): ReceiptLine => ({
    proposalId: index,
    debtor: names[index % names.length] ?? '',
    to: [`administration${index}@debtor.example`],
    invoices: [{ id: index, number: `2026-04${10 + index}`, currency: 'EUR', openAmount: `${index * 317 + 210}.50` }],
    status: 'approved',
    decidedBy: 5,
    by: 'Jan Willems',
    action: { status: 'scheduled', scheduledFor: new Date('2026-03-02T13:05:00Z'), problems: [], protective: false },
    outcome: index === 4 ? 'changed' : 'approved',
    problems: [],
  }),
)
const likeness = {
  kind: 'send_invoice_copies',
  intent: 'invoice_copy_request',
  template: 'invoice_copies',
  language: 'nl',
  sureness: 'sure',
  administration: 'HL',
  mailbox: 'debtors',
} as const
const waiting: BulkView = { id: 7, channel: 'debtors', likeness, waiting: lines, runs: [] }
const run = { id: 3, by: 'Jan Willems', at: new Date('2026-03-02T13:03:00Z'), isFinished: true, lines }

/** The cards of proposals that are approved together, in the states that people meet. */
export const bulkSamples = (context: CardContext) => [
  { name: 'alike', on: 'post' as const, card: bulkCard(waiting, context) },
  { name: 'one of those alike', on: 'post' as const, card: foldedCard(aView(), context) },
  { name: 'approved together', on: 'post' as const, card: bulkCard({ ...waiting, waiting: [], runs: [run] }, context) },
  { name: 'what became of them', on: 'reply' as const, card: receiptCard(likeness, run, context) },
  { name: 'look through', on: 'form' as const, card: reviewForm({ runId: 3, likeness, lines, above: lines.slice(0, 2), sample: aView() }, context) },
  { name: 'confirm', on: 'form' as const, card: confirmForm({ runId: 3, likeness, lines, leftOut: 2 }, context) },
]
