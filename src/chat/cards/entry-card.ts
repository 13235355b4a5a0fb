import type { EntryView } from '#proposals'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { cut, oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

const shownInvoices = 12

/** What a colleague entered about a debtor: how it stands, what it says, by whom, and what the reader may do about it. `told` is said first. */
export function entryCard(view: EntryView, readerId: number, { words, format }: CardContext, told?: string): Card {
  const { entries: say, button } = words
  const { debtor, content, status } = view
  const data = { entry: String(view.id) }
  const isOpen = status === 'awaiting_second'
  const agree = { action: 'entry.second_vote', label: button.secondVote, style: 'primary' as const, data }
  const buttons: CardInput['buttons'] = [
    ...(isOpen && view.byId !== readerId ? [agree] : []),
    ...(isOpen ? [{ action: 'entry.withdraw', label: say.withdraw, data }] : []),
    ...(status === 'done' ? [{ action: 'entry.undo', label: say.undo, data }] : []),
    { action: 'debtor.show', label: button.debtor, data: { debtor: String(debtor.id) } },
  ]
  const title = `${say.kind[content.kind]} · ${oneLine(debtor.name, 80)}`
  const who = [say.entered(view.by, format.dateTime(view.at)), decidedLine(view, { words, format })].filter(Boolean).join(' · ')
  return cardSchema.parse({
    title,
    subtitle: summaryOf(view, { words, format }),
    status: { text: say.status[status], tone: isOpen ? 'warning' : status === 'done' ? 'good' : 'neutral' },
    elements: [
      ...(told ? [{ type: 'notice', tone: isOpen ? 'warning' : 'good', title: told } as const] : []),
      { type: 'facts', facts: [{ label: say.invoices, value: invoicesOf(view, words.card.allInvoices) }] },
      ...(content.kind === 'dispute' ? [{ type: 'quote', text: cut(content.text, 1500).text, source: say.said } as const] : []),
      { type: 'text', text: who, weight: 'subtle' },
    ],
    buttons,
    fallback: `${say.status[status]}: ${title}`,
  })
}

/** One line: the amount and day, the reason, or how long. */
export function summaryOf({ content }: EntryView, { words, format }: CardContext): string {
  switch (content.kind) {
    case 'promise': {
      const amount = content.amount ? format.money(content.amount, content.currency ?? 'EUR') : ''
      return words.debtorCard.promise(amount, format.day(content.promisedOn))
    }
    case 'dispute':
      return words.disputeReason[content.reason]
    case 'hold':
      return `${words.form.until}: ${format.day(content.until)}`
    default:
      return content satisfies never
  }
}

function invoicesOf({ invoices }: EntryView, all: string): string {
  const rest = invoices.length - shownInvoices
  return invoices.length === 0 ? all : [invoices.slice(0, shownInvoices).join(', '), rest > 0 && `+ ${rest}`].filter(Boolean).join(' ')
}

function decidedLine({ status, by, decidedBy, decidedAt }: EntryView, { words, format }: CardContext): string | undefined {
  if (!decidedBy || !decidedAt || (status === 'done' && decidedBy === by)) return undefined
  const { entries: say } = words
  const line = { done: say.agreed, withdrawn: say.withdrawn, undone: say.undone, awaiting_second: undefined }[status]
  return line?.(decidedBy, format.dateTime(decidedAt))
}
