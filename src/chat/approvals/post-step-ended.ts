import { findStaff, may, type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import type { EndedStep } from '#proposals'
import { type Card, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { stepName } from '../cards/step-name.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { putPost } from '../posts.ts'
import type { ProposalsPort } from './port.ts'
import { type RestDeps, restOf } from './rest-of.ts'

type PostStepEndedDeps = RestDeps & {
  client: DbClient
  clock: Clock
  surface: string
  proposals: Pick<ProposalsPort, 'endedStep'>
  contextIn: (language: string) => CardContext
}

/**
 * Tells whoever let a step leave alone that it asks again and why, privately and in their language; where that was the settings, or they may
 * grant no more, everybody who may. Who took it back themselves is told nothing. Returns how many were told.
 */
export async function postStepEnded(deps: PostStepEndedDeps, grantId: number): Promise<number> {
  const { client, clock, surface, proposals, contextIn } = deps
  const ended = await proposals.endedStep(grantId)
  if (!ended) return 0
  const people = (await toTell(client, ended)).filter(({ id }) => ended.why !== 'revoked' || id !== ended.by?.id)
  for (const person of people) {
    const [channel = ownChannel(person)] = await channelsOf(client, person)
    const place = { surface, channel, subject: `step:${grantId}`, privateTo: person.id, sight: sightOf(person), notBefore: await restOf(deps, person) }
    await putPost(client, clock, place, stepEndedCard(ended, contextIn(person.language)))
  }
  return people.length
}

const mayGrant = (person: Staff): boolean => person.active && may(person, 'set_autonomy')

async function toTell(client: DbClient, { grantedById }: EndedStep): Promise<Staff[]> {
  const owner = grantedById === null ? null : await findStaff(client, grantedById)
  if (owner && mayGrant(owner)) return [owner]
  return (await client.staff.findMany({ where: { active: true }, orderBy: { id: 'asc' } })).filter(mayGrant)
}

/** Which step asks again, by whose word, and what becomes of what it was to send. */
export function stepEndedCard(ended: EndedStep, { words, format }: CardContext): Card {
  const say = words.dunning.ended
  const [name, day] = [ended.by?.name ?? words.decision.duncan, format.dayOf(ended.at)]
  const reasons = {
    bad_case: say.bad(name, day),
    revoked: words.autonomy.endedBy(day, name),
    restored: words.autonomy.endedRestored(day),
    settings: words.dunning.grants.endedSettings,
  }
  const step = `${stepName({ name: ended.step, title: ended.stepTitle }, words)} · ${ended.title}`
  return cardSchema.parse({
    title: say.title,
    status: { text: words.autonomy.level.ask, tone: 'warning' },
    elements: [
      { type: 'text', text: step, weight: 'strong' },
      { type: 'text', text: reasons[ended.why] },
      { type: 'text', text: say.back, weight: 'subtle' },
    ],
    buttons: [
      ...(ended.entryId === null ? [] : [{ action: 'entry.show', label: say.show, style: 'primary', data: { entry: String(ended.entryId) } }]),
      { action: 'autonomy.show', label: words.state.autonomy },
    ],
    fallback: `${say.title}: ${step}`,
  })
}
