import { Temporal } from 'temporal-polyfill'
import { answeredCard, awayCard } from '../../src/chat/absences/away-card.ts'
import type { cardContext } from '../../src/chat/context.ts'
import type { Sample } from './sample-cards.ts'

// Colleagues whose status says that they are away, for those who make their cards to look at.

const [monday, tuesday, friday] = ['2026-11-23', '2026-11-24', '2026-11-27'].map(day => Temporal.PlainDate.from(day)) as [
  Temporal.PlainDate,
  Temporal.PlainDate,
  Temporal.PlainDate,
]
const question = { absent: { key: 'jan', name: 'Jan Willems' }, said: '🌴 Vacationing', lastDay: friday, until: friday, waits: 14, asked: '5:2026-11-23' }

/** The question, with an end and without one, and what became of it. */
export function awaySamples(context: ReturnType<typeof cardContext>): Sample[] {
  const noEnd = { ...question, said: '🤒 <!channel> *Out sick*', lastDay: undefined, until: tuesday, waits: 1 }
  return [
    { name: 'somebody seems away', on: 'post', card: awayCard(question, context) },
    { name: 'somebody seems away, without an end', on: 'post', card: awayCard(noEnd, context) },
    {
      name: 'away and covered',
      on: 'post',
      card: answeredCard('Jan Willems', { kind: 'covered', cover: 'Eva Lindner', from: monday, until: friday }, context),
    },
    { name: 'not away after all', on: 'post', card: answeredCard('Jan Willems', { kind: 'works', by: 'Eva Lindner' }, context) },
    { name: 'away no more', on: 'post', card: answeredCard('Jan Willems', { kind: 'over' }, context) },
  ]
}
