import { Temporal } from 'temporal-polyfill'
import type { DisputeView } from '#proposals'
import type { NextStep } from '#search'
import type { CardContext } from '../../src/chat/cards/proposal-card.ts'
import { disputeCard } from '../../src/chat/disputes/dispute-card.ts'
import { handOverForm, moveForm } from '../../src/chat/disputes/dispute-forms.ts'
import type { Sample } from './sample-cards.ts'
import { secondReminder } from './views.ts'

const at = (day: string) => new Date(`2026-03-${day}T10:12:00Z`)
const dispute: DisputeView = {
  id: 4,
  type: 'quality',
  text: 'Van de 40 dozen waren er 12 nat geworden, zie de foto’s. Wij betalen deze factuur pas als dat is opgelost.',
  status: 'open',
  awaitsCredit: false,
  debtor: { id: 8, number: '10001', name: 'Visser Installatie BV', administration: 'NL01' },
  owner: { id: 5, name: 'Jan Willems' },
  answerDue: Temporal.PlainDate.from('2026-03-09'),
  end: null,
  isLate: false,
  openedAt: at('02'),
  closedAt: null,
  invoices: [
    { number: '2026-0412', currency: 'EUR', open: '1210.00', contested: '363.00' },
    { number: '2026-0398', currency: 'EUR', open: '80.00', contested: null },
  ],
  events: [{ kind: 'opened', by: 'Jan Willems', reason: null, at: at('02') }],
}
const late = [
  ...dispute.events,
  { kind: 'credit_expected', by: 'Jan Willems', reason: 'Magazijn bevestigt 12 natte dozen', at: at('04') },
  { kind: 'escalated', by: null, reason: null, at: at('10') },
]

const answering: NextStep = { kind: 'answer_dispute', reason: 'quality', answerDue: Temporal.PlainDate.from('2026-03-09') }

/** Disputes as people meet them. */
export function disputeSamples(context: CardContext): Sample[] {
  const people = [{ id: 6, name: 'Eva Lindner' }] as never
  const handing = handOverForm(dispute, people, context)
  return [
    { name: 'a dispute', on: 'answer', card: disputeCard(dispute, answering, context) },
    {
      name: 'a late dispute',
      on: 'answer',
      card: disputeCard({ ...dispute, isLate: true, awaitsCredit: true, events: late }, answering, context, context.words.disputes.lateTitle),
    },
    {
      name: 'a dispute that ended',
      on: 'answer',
      card: disputeCard(
        {
          ...dispute,
          status: 'resolved',
          end: { outcome: 'partly', staysDue: '927.00', payBy: Temporal.PlainDate.from('2026-03-20') },
          closedAt: at('11'),
          events: [...late, { kind: 'resolved', by: 'Eva Lindner', reason: 'Creditnota 77', at: at('11') }],
        },
        secondReminder,
        context,
      ),
    },
    { name: 'end a dispute', on: 'form', card: moveForm(dispute, 'resolved', 'key', context) },
    { name: 'reject a dispute', on: 'form', card: moveForm(dispute, 'rejected', 'key', context) },
    ...(handing ? [{ name: 'hand a dispute over', on: 'form' as const, card: handing }] : []),
  ]
}
