import { findStaff, may, type Staff, sightOf } from '#people'
import type { DbClient } from '#platform'
import { type EndedGrant, readEndedGrant } from '#proposals'
import { type Card, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { combinationName } from '../commands/autonomy.ts'
import { putPost } from '../posts.ts'
import type { PostReminderDeps } from './post-reminder.ts'
import { restOf } from './rest-of.ts'

/**
 * Tells whoever granted Duncan something that it ended and why, privately and in their language; where they are gone or may grant no more,
 * everybody who may. What ended together is one card; who took it back themselves is told nothing. Returns how many were told.
 */
export async function postGrantEnded(deps: PostReminderDeps, grantId: number): Promise<number> {
  const { client, clock, surface, contextIn } = deps
  const ended = await readEndedGrant(client, grantId)
  if (!ended) return 0
  const people = (await toTell(client, ended)).filter(({ id }) => id !== ended.by?.id || ended.why !== 'revoked')
  for (const person of people) {
    const [channel = ownChannel(person)] = await channelsOf(client, person)
    const place = { surface, channel, subject: `autonomy:${ended.key}`, privateTo: person.id, sight: sightOf(person), notBefore: await restOf(deps, person) }
    await putPost(client, clock, place, grantEndedCard(ended, contextIn(person.language)))
  }
  return people.length
}

async function toTell(client: DbClient, { grantedById, ended }: EndedGrant): Promise<Staff[]> {
  const mayGrant = (person: Staff) => person.active && may(person, 'set_autonomy') && ended.every(({ mailbox }) => seesMailbox(person, mailbox))
  const owner = await findStaff(client, grantedById)
  if (owner && mayGrant(owner)) return [owner]
  return (await client.staff.findMany({ where: { active: true }, orderBy: { id: 'asc' } })).filter(mayGrant)
}

/** A record names nothing of a mail; whose mailbox it is of is told to who sees a part of it. */
function seesMailbox(person: Staff, mailbox: string | null): boolean {
  const { mailboxes } = sightOf(person)
  return mailbox === null || mailboxes === 'all' || [...mailboxes].some(name => name.split('/')[0] === mailbox)
}

const mostNames = 8

/** What ended, by which case and whose word, and what becomes of what was decided on it. */
export function grantEndedCard(ended: EndedGrant, context: CardContext): Card {
  const { words, format } = context
  const { autonomy: say } = words
  const [name, day] = [ended.by?.name ?? words.decision.duncan, format.dayOf(ended.at)]
  const reasons = {
    bad_case: say.ended.bad(name, day, say.ended.verdicts[ended.verdict ?? ''] ?? say.ended.verdicts.wrong ?? ''),
    revoked: say.endedBy(day, name),
    restored: say.endedRestored(day),
  }
  const names = ended.ended.map(each => combinationName(each, context))
  return cardSchema.parse({
    title: say.ended.title,
    status: { text: say.level.ask, tone: 'warning' },
    elements: [
      ...names.slice(0, mostNames).map(text => ({ type: 'text' as const, text, weight: 'strong' as const })),
      ...(names.length > mostNames ? [{ type: 'text' as const, text: say.moreEnded(names.length - mostNames) }] : []),
      { type: 'text', text: reasons[ended.why] },
      { type: 'text', text: ended.why === 'bad_case' ? say.ended.anew : say.ended.back, weight: 'subtle' },
    ],
    buttons: [
      ...(ended.proposalId
        ? [{ action: 'proposal.show', label: words.button.openProposal, style: 'primary', data: { proposal: String(ended.proposalId) } }]
        : []),
      { action: 'autonomy.show', label: words.state.autonomy },
    ],
    fallback: `${say.ended.title}: ${names[0] ?? ''}`,
  })
}
