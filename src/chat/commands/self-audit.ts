import { Temporal } from 'temporal-polyfill'
import { type Staff, sightOf } from '#people'
import { type Clock, type DbClient, fromInstant } from '#platform'
import { minutesEach, type SelfAudit, selfAudit } from '#proposals'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import { filedSample } from './filed.ts'

type WeekDeps = { client: DbClient; clock: Clock; staff: Staff; context: CardContext }

/** How Duncan judges its last whole week, of what the asker sees. */
export async function weekAnswer(deps: WeekDeps): Promise<ClickOutcome> {
  return { kind: 'private', card: await weekCard(deps) }
}

/** The Monday before this week's, by the days of a time zone. */
export const lastMonday = (clock: Clock, timeZone: string): Temporal.PlainDate => {
  const today = clock.today(timeZone)
  return today.subtract({ days: today.dayOfWeek - 1 + 7 })
}

/** The card of the week before this one: what was proposed, who decided, what was left unchanged, what went wrong, and what it saved. */
export async function weekCard({ client, clock, staff, context }: WeekDeps): Promise<Card> {
  const { format } = context
  const monday = lastMonday(clock, format.timeZone)
  const moment = (day: Temporal.PlainDate) => fromInstant(day.toZonedDateTime(format.timeZone).toInstant())
  const found = await selfAudit(client, sightOf(staff), moment(monday), moment(monday.add({ days: 7 })))
  return selfAuditCard(found, monday, await filedSample(client, staff, moment(monday), context), context)
}

/** The card of a week that begins on this day, with a sample of the mails that were filed without a card. */
export function selfAuditCard(found: SelfAudit, monday: Temporal.PlainDate, filed: CardElement[], context: CardContext): Card {
  const { words, format } = context
  const say = words.autonomy.week
  const unchanged = found.judged > 0 ? format.percent(found.unchanged / found.judged) : '–'
  const title = say.title(format.day(monday.toString()), format.day(monday.add({ days: 6 }).toString()))
  const subtitle = found.proposals === 0 ? say.nothing : say.summary(found.proposals, unchanged)
  return cardSchema.parse({
    title,
    subtitle,
    elements:
      found.proposals === 0 ? [] : [{ type: 'facts', facts: factsOf(found, unchanged, context) }, ...intentTable(found, context), method(context), ...filed],
    buttons: [{ action: 'autonomy.show', label: words.state.autonomy }],
    fallback: `${title}: ${subtitle}`,
  })
}

function factsOf(found: SelfAudit, unchanged: string, { words, format }: CardContext) {
  const { week: say, of } = words.autonomy
  const { minutesSaved: minutes } = found
  const time = minutes < 90 ? say.minutes(format.number(minutes)) : say.hours(format.number(minutes / 60))
  const counts = [
    [say.undone, found.undone],
    [say.wrong, found.wrong],
    [say.calledBack, found.calledBack],
    [say.sampled, found.sampled],
    [say.guarded, found.guarded],
  ] as const
  return [
    { label: say.proposals, value: `${found.proposals}: ${say.decided(found.byPeople, found.alone, found.waiting)}` },
    { label: say.unchanged, value: `${of(found.unchanged, found.judged)} (${unchanged})` },
    ...counts.map(([label, count]) => ({ label, value: String(count) })),
    { label: say.saved, value: say.savedText(time) },
  ]
}

const mostIntents = 8

function intentTable({ intents }: SelfAudit, { words, format }: CardContext) {
  const { week: say, columns, of } = words.autonomy
  if (intents.length === 0) return []
  const rows = intents
    .slice(0, mostIntents)
    .map(({ intent, judged, unchanged, bound }) => [words.intent[intent as keyof typeof words.intent] ?? intent, of(unchanged, judged), format.bound(bound)])
  const titles = [{ title: say.intent }, { title: columns.record, align: 'right' as const }, { title: columns.bound, align: 'right' as const }]
  return [{ type: 'table' as const, columns: titles, rows }]
}

/** How the time was estimated stands beside it. */
const method = ({ words }: CardContext) => ({
  type: 'text' as const,
  text: words.autonomy.week.method(minutesEach.alone, minutesEach.unchanged),
  weight: 'subtle' as const,
})
