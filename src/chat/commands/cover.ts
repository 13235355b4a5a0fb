import { Temporal } from 'temporal-polyfill'
import { type Absence, endAbsence, findStaff, listAbsences, may, planAbsence, type Staff } from '#people'
import { toPlainDate } from '#platform'
import { type CardElement, cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan cover`: who is away; with a colleague and a day, who does the work until then; with `end`, that somebody is back. */
export async function coverCommand(deps: CommandDeps, rest: string, staff: Staff): Promise<ClickOutcome> {
  const { words } = deps.context
  if (rest === '') return { kind: 'private', card: await absencesCard(deps) }
  const asked = readWords(rest)
  if (!asked) return { kind: 'refused', message: words.people.coverUsage }
  const absent = asked.for === undefined ? staff : await findStaff(deps.client, asked.for)
  if (!absent?.active) return { kind: 'refused', message: words.people.noSuchPerson(bare(asked.for ?? '')) }
  // One's own absence is one's own to tell; somebody else's takes who sets up the team.
  if (absent.id !== staff.id && !may(staff, 'configure')) return { kind: 'refused', message: words.outcome.notAllowed }
  return asked.kind === 'end' ? endFor(deps, absent, staff) : planFor(deps, absent, staff, asked)
}

type Asked = { kind: 'end'; for?: string } | { kind: 'plan'; cover: string; until: string; from?: string; for?: string }

/** `@eva until 2026-12-24 from 2026-12-20 for @jan`, the parts in any order after the name; `me` is who types. */
function readWords(text: string): Asked | undefined {
  const [first = '', ...rest] = text.split(' ')
  const said = new Map<string, string>()
  for (let at = 0; at < rest.length; at += 2) {
    const [keyword = '', value] = [rest[at]?.toLowerCase(), rest[at + 1]]
    if (!['until', 'from', 'for'].includes(keyword) || value === undefined || said.has(keyword)) return undefined
    said.set(keyword, value)
  }
  const [until, from, whom] = [said.get('until'), said.get('from'), said.get('for')]
  const named = whom !== undefined && bare(whom) !== 'me' ? { for: whom } : {}
  if (first.toLowerCase() === 'end') return until === undefined && from === undefined ? { kind: 'end', ...named } : undefined
  return until === undefined ? undefined : { kind: 'plan', cover: first, until, ...(from !== undefined && { from }), ...named }
}

async function planFor(deps: CommandDeps, absent: Staff, by: Staff, asked: Extract<Asked, { kind: 'plan' }>): Promise<ClickOutcome> {
  const { client, clock, context } = deps
  const { people: say } = context.words
  const timeZone = context.format.timeZone
  const cover = await findStaff(client, asked.cover)
  if (!cover?.active) return { kind: 'refused', message: say.noSuchPerson(bare(asked.cover)) }
  const until = readDay(asked.until)
  const from = asked.from === undefined ? clock.today(absent.timeZone ?? timeZone) : readDay(asked.from)
  if (!until || !from) return { kind: 'refused', message: say.notADate((until ? (asked.from ?? '') : asked.until).slice(0, 40)) }
  const planned = { staffId: absent.id, coverId: cover.id, from, until }
  const outcome = await planAbsence({ client, clock, timeZone }, planned, { staffId: by.id, surface: deps.surface })
  if (outcome.kind === 'refused') return { kind: 'refused', message: say.refusal[outcome.why] }
  const day = (date: Temporal.PlainDate) => context.format.day(date.toString())
  return { kind: 'private', card: await absencesCard(deps, say.coverPlanned(absent.name, cover.name, day(from), day(until))) }
}

async function endFor(deps: CommandDeps, absent: Staff, by: Staff): Promise<ClickOutcome> {
  const { client, clock, context } = deps
  const { people: say } = context.words
  const ended = await endAbsence({ client, clock, timeZone: context.format.timeZone }, absent.id, { staffId: by.id, surface: deps.surface })
  if (ended === 0) return { kind: 'refused', message: say.coverNone(absent.name) }
  return { kind: 'private', card: await absencesCard(deps, say.coverEnded(absent.name)) }
}

async function absencesCard({ client, clock, context }: CommandDeps, done?: string) {
  const { words, format } = context
  const absences = await listAbsences(client, clock, format.timeZone)
  const day = (date: Date) => format.day(toPlainDate(date).toString())
  const line = ({ staff, cover, from, until, state }: Absence): CardElement => ({
    type: 'text',
    text: `${words.people.absence(staff.name, cover.name, day(from), day(until))} · ${words.people.state[state]}`,
    tone: 'neutral',
    weight: 'normal',
  })
  return cardSchema.parse({
    title: words.people.absences,
    ...(done && { subtitle: done }),
    elements: absences.length > 0 ? absences.map(line) : [{ type: 'text', text: words.people.nobodyAway, weight: 'subtle' }],
    fallback: [done, words.people.absences].filter(Boolean).join('\n'),
  })
}

/** A day as 2026-12-24, or with the day first as 24-12-2026, 24.12.2026 or 24/12/2026. */
function readDay(text: string): Temporal.PlainDate | undefined {
  const [, day, month, year] = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text) ?? []
  const iso = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return undefined
  try {
    return Temporal.PlainDate.from(iso)
  } catch {
    return undefined
  }
}

const bare = (name: string): string => name.replace(/^@/, '').toLowerCase().slice(0, 60)
