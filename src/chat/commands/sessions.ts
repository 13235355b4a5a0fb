import { endSessions, findStaff, listSessions, may, type Staff } from '#people'
import { type CardElement, cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan sessions [@name]`: where somebody is signed in, each with a button that ends it; others' are for who connects people. */
export async function sessionsCommand(deps: CommandDeps, who: string, staff: Staff): Promise<ClickOutcome> {
  const { words } = deps.context
  const person = who === '' ? staff : await findStaff(deps.client, who)
  if (person?.id !== staff.id && !may(staff, 'connect')) return { kind: 'refused', message: words.outcome.notAllowed }
  if (!person) return { kind: 'refused', message: words.people.noSuchPerson(who.replace(/^@/, '').slice(0, 60)) }
  return sessionsAnswer(deps, person)
}

/** Ends a session that a button names, one's own or, for who connects people, anybody's; answers with those that are left. */
export async function endSessionAnswer(deps: CommandDeps, { staffId, sessionId }: { staffId: number; sessionId: number }): Promise<ClickOutcome> {
  const { client, context, staff } = deps
  if (staffId !== staff.id && !may(staff, 'connect')) return { kind: 'refused', message: context.words.outcome.notAllowed }
  const person = await findStaff(client, staffId)
  const ended = person ? await endSessions(client, person.id, { only: sessionId }, `staff:${staff.id}`) : 0
  return person && ended > 0 ? sessionsAnswer(deps, person) : { kind: 'refused', message: context.words.outcome.gone }
}

async function sessionsAnswer({ client, clock, context, sessionRules }: CommandDeps, person: Staff): Promise<ClickOutcome> {
  const { words, format } = context
  const say = words.people
  const sessions = await listSessions({ client, clock, rules: sessionRules }, person.id)
  const title = say.sessionsTitle(person.name)
  const elements = sessions.map(
    ({ id, browser, createdAt, lastUsedAt }): CardElement => ({
      type: 'pick',
      text: browser || say.unknownBrowser,
      note: say.session(format.dateTime(createdAt), format.dateTime(lastUsedAt)),
      button: { action: 'session.end', label: say.endSession, style: 'default', data: { staff: String(person.id), session: String(id) } },
    }),
  )
  const none: CardElement = { type: 'text', text: say.noSessions, tone: 'neutral', weight: 'subtle' }
  return { kind: 'private', card: cardSchema.parse({ title, elements: elements.length > 0 ? elements : [none], fallback: title }) }
}
