import type { Temporal } from 'temporal-polyfill'
import { type Card, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'

/** `lastDay`: of a status that has one. `until`: up to when a cover would be. `waits`: how much there is that its reader sees. */
export type AskedAbout = {
  absent: { key: string; name: string }
  said: string
  lastDay: Temporal.PlainDate | undefined
  until: Temporal.PlainDate
  waits: number
  /** Which question it is, carried by its buttons. */
  asked: string
}

/** What became of the question. */
export type AwayAnswer =
  | { kind: 'covered'; cover: string; from: Temporal.PlainDate; until: Temporal.PlainDate }
  | { kind: 'works'; by: string }
  /** The status says something else now. */
  | { kind: 'over' }

/** Asks whether somebody is away, as their status says, and who does their work. */
export function awayCard({ absent, said, lastDay, until, waits, asked }: AskedAbout, { words, format }: CardContext): Card {
  const { away: say } = words
  const day = format.day(until.toString())
  const title = lastDay ? say.seemsAwayUntil(absent.name, format.day(lastDay.toString())) : say.seemsAway(absent.name)
  const data = { away: asked, until: until.toString() }
  return cardSchema.parse({
    title,
    elements: [
      { type: 'text', text: lastDay ? say.status(said) : say.statusNoEnd(said) },
      { type: 'text', text: say.waits(waits), weight: 'strong' },
      { type: 'text', text: say.nothingMoves(`/duncan cover @… until ${until.toString()} for @${absent.key}`), weight: 'subtle' },
    ],
    buttons: [
      { action: 'away.cover', label: say.iCover(day), style: 'primary', data },
      { action: 'away.works', label: say.theyWork, data },
    ],
    fallback: `${title} · ${say.waits(waits)}`,
  })
}

/** The same card once it is answered. What the status said stands there no more: it may tell of an illness. */
export function answeredCard(name: string, answer: AwayAnswer, context: CardContext): Card {
  const { title, text } = tellAnswer(name, answer, context)
  return cardSchema.parse({ title, elements: [{ type: 'text', text }], fallback: `${title}: ${text}` })
}

function tellAnswer(name: string, answer: AwayAnswer, { words, format }: CardContext): { title: string; text: string } {
  const { away: say, people } = words
  switch (answer.kind) {
    case 'covered':
      return { title: say.isAway(name), text: people.coverPlanned(name, answer.cover, format.day(answer.from.toString()), format.day(answer.until.toString())) }
    case 'works':
      return { title: say.works(name), text: say.saidBy(answer.by) }
    default:
      return { title: say.seemedAway(name), text: say.over }
  }
}
