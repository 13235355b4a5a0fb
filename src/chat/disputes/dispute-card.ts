import type { DisputeView } from '#proposals'
import type { NextStep } from '#search'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { cut, oneLine } from '../cards/cut.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import { nextStepLine } from '../cards/next-step-line.ts'
import type { CardContext } from '../cards/proposal-card.ts'

const shownInvoices = 12
const shownEvents = 12

/** A dispute: how it stands, by when its debtor is to hear, who sees to it, what is contested, what happened, and what may be done. `told` is said first. */
export function disputeCard(view: DisputeView, next: NextStep | undefined, context: CardContext, told?: string): Card {
  const { words, format } = context
  const { disputes: say } = words
  const { debtor, owner, isLate, openedAt, closedAt, text } = view
  const day = format.day(view.answerDue.toString())
  const title = say.one(disputeReason(view.type, words), oneLine(debtor.name, 80))
  const status = statusOf(view, context)
  const facts = [
    { label: say.owner, value: owner.name },
    ...(view.status === 'open' ? [{ label: say.due, value: day }] : []),
    {
      label: say.invoices,
      value:
        view.invoices
          .slice(0, shownInvoices)
          .map(invoice => contestedLine(invoice, context))
          .join('\n') || words.card.allInvoices,
    },
    { label: say.opened, value: format.dateTime(openedAt) },
    ...(closedAt ? [{ label: say.closed, value: format.dateTime(closedAt) }] : []),
    ...endFacts(view, context),
  ]
  const events = view.events.slice(-shownEvents).map(({ kind, by, reason, at }) => {
    const happened = say.event[kind as keyof typeof say.event] ?? kind
    return `${format.dateTime(at)} · ${by ?? words.entries.byDuncan}: ${happened}${reason ? ` – ${oneLine(reason, 200)}` : ''}`
  })
  return cardSchema.parse({
    title,
    subtitle: [debtor.number, debtor.administration].join(' · '),
    status: { text: isLate ? say.lateSince(day) : status, tone: isLate ? 'bad' : view.status === 'open' ? 'warning' : 'neutral' },
    elements: [
      ...(told ? [{ type: 'notice', tone: isLate ? 'warning' : 'good', title: told } as const] : []),
      { type: 'facts', facts },
      ...(text ? [{ type: 'quote', text: cut(text, 1500).text, source: words.entries.said } as const] : []),
      ...nextStepLine(next, context),
      { type: 'text', text: events.join('\n'), weight: 'subtle' },
    ],
    ...buttonsOf(view, context),
    fallback: `${title}: ${isLate ? say.lateSince(day) : status}, ${owner.name}`,
  })
}

function endFacts({ end, invoices }: DisputeView, { words: { disputes: say }, format }: CardContext): { label: string; value: string }[] {
  if (!end) return []
  const amount = end.staysDue === null ? undefined : format.money(end.staysDue, invoices[0]?.currency ?? 'EUR')
  const stays = amount === undefined ? [] : [{ label: say.stays, value: end.payBy ? say.staysBy(amount, format.day(end.payBy.toString())) : say.nothingDue }]
  return [{ label: say.outcomeLabel, value: say.outcome[end.outcome] }, ...stays]
}

function buttonsOf(view: DisputeView, { words }: CardContext): Pick<CardInput, 'buttons' | 'more'> {
  const { disputes: say } = words
  const button = (action: string, label: string, style: 'primary' | 'default' = 'default') => ({ action, label, style, data: { dispute: String(view.id) } })
  const debtor = { action: 'debtor.show', label: words.button.debtor, data: { debtor: String(view.debtor.id) } }
  if (view.status !== 'open') return { buttons: [button('dispute.reopen', say.move.reopened), debtor], more: [] }
  const credit = view.awaitsCredit ? [] : [button('dispute.credit', say.move.credit_expected)]
  return {
    buttons: [button('dispute.resolve', say.move.resolved, 'primary'), ...credit, button('dispute.reject', say.move.rejected)],
    more: [button('dispute.hand_over', say.handOver), debtor],
  }
}

const statusOf = ({ status, awaitsCredit }: DisputeView, { words: { disputes: say } }: CardContext): string =>
  status === 'open' && awaitsCredit ? say.status.awaits : say.status[status]

/** "2026-002: € 50,00 of € 250,50", or the number and what is open of it. */
export function contestedLine({ number, currency, open, contested }: DisputeView['invoices'][number], { words, format }: CardContext): string {
  const whole = format.money(open, currency)
  return `${number}: ${contested === null ? whole : words.disputes.part(format.money(contested, currency), whole)}`
}
