import { listStaff, may, type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import { viewEntry } from '#proposals'
import { entryCard } from '../cards/entry-card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { ownChannel } from '../channels.ts'
import { putPost } from '../posts.ts'
import { type RestDeps, restOf } from './rest-of.ts'

export type PostEntryDeps = RestDeps & { client: DbClient; clock: Clock; surface: string; contextIn: (language: string) => CardContext }

const mostTold = 10

/**
 * Tells those who may give the second vote on an entry, each alone and in their language, and redraws what they were told when it stands
 * otherwise; returns who they are.
 */
export async function postEntry(deps: PostEntryDeps, entryId: number): Promise<Staff[]> {
  const { client, clock, surface, contextIn } = deps
  const subject = `entry:${entryId}`
  const known = await client.chatPost.findMany({ where: { surface, subject, privateTo: { not: null } }, select: { privateTo: true } })
  const told: Staff[] = []
  for (const person of (await listStaff(client)).filter(each => may(each, 'second_vote'))) {
    const view = await viewEntry(client, sightOf(person), entryId)
    const isToAsk = view?.status === 'awaiting_second' && told.length < mostTold
    if (!view || view.byId === person.id || !(isToAsk || known.some(({ privateTo }) => privateTo === person.id))) continue
    const place = { surface, channel: ownChannel(person), subject, privateTo: person.id, sight: sightOf(person), notBefore: await restOf(deps, person) }
    await putPost(client, clock, place, entryCard(view, person.id, contextIn(person.language)))
    told.push(person)
  }
  return told
}
