import { type DisputeMove, disputeOutcomes } from '#ledger'
import type { Staff } from '#people'
import type { DisputeView } from '#proposals'
import { type Card, type CardField, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { contestedLine } from './dispute-card.ts'

/** Asks why a dispute is moved and, of its end, what the debtor is told and what stays due. `key`: unlike any other form's, so that one that is sent twice counts once. */
export function moveForm(view: DisputeView, move: DisputeMove, key: string, context: CardContext): Card {
  const { disputes: say } = context.words
  const title = `${say.move[move]} · ${disputeReason(view.type, context.words)} · ${oneLine(view.debtor.name, 60)}`
  return cardSchema.parse({
    title,
    subtitle: view.invoices
      .slice(0, 4)
      .map(invoice => contestedLine(invoice, context))
      .join(', '),
    elements: [...endFields(view, move, context), { type: 'text', id: 'reason', label: say.why, value: '', multiline: true, required: true } as const].map(
      field => ({ type: 'field', field }),
    ),
    buttons: [{ action: 'dispute.move', label: say.move[move], style: 'primary', data: { dispute: String(view.id), move, form: key } }],
    fallback: title,
  })
}

/** Of a dispute in several currencies, or on nothing in particular, nobody can say in one amount what stays due. */
function endFields({ invoices }: DisputeView, move: DisputeMove, { words: { disputes: say } }: CardContext): CardField[] {
  if (move !== 'resolved' && move !== 'rejected') return []
  const outcomes = disputeOutcomes.filter(outcome => outcome !== 'rejected').map(value => ({ value, label: say.outcome[value] }))
  const options = [...outcomes, { value: 'untold', label: say.untold }]
  const [currency, ...others] = new Set(invoices.map(invoice => invoice.currency))
  const label = currency === undefined || others.length > 0 ? undefined : (move === 'rejected' ? say.staysDueRejected : say.staysDue)(currency)
  return [
    ...(move === 'resolved' ? [{ type: 'choice', id: 'outcome', label: say.outcomeLabel, value: 'accepted', options } as const] : []),
    ...(label === undefined ? [] : [{ type: 'text', id: 'staysDue', label, value: '', multiline: false, required: false } as const]),
  ]
}

/** Asks who is to see to a dispute; undefined when nobody else could. */
export function handOverForm(view: DisputeView, people: Staff[], { words: { disputes: say } }: CardContext): Card | undefined {
  const options = people.filter(({ id }) => id !== view.owner.id).map(({ id, name }) => ({ value: String(id), label: name }))
  const [first] = options
  if (!first) return undefined
  const title = say.handOverTo(oneLine(view.debtor.name, 60))
  return cardSchema.parse({
    title,
    elements: [{ type: 'field', field: { type: 'choice', id: 'owner', label: say.owner, value: first.value, options } }],
    buttons: [{ action: 'dispute.hand_over_to', label: say.handOver, style: 'primary', data: { dispute: String(view.id) } }],
    fallback: title,
  })
}
