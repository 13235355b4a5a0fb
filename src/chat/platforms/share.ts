import { type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import type { Card } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import { writePost } from '../posts.ts'
import { disclosureOf } from '../readers.ts'
import type { Words } from '../words/index.ts'
import { readersOf } from './conversation-readers.ts'
import { placeOf } from './conversations.ts'
import type { ChatPlatform } from './platform.ts'

/**
 * Puts somebody's answer into a conversation for all to see: only where everybody who reads there may see as much as they do, which is
 * asked again each time that it is drawn.
 */
export async function shareCard(
  { client, clock, words }: { client: DbClient; clock: Clock; words: Words },
  platform: ChatPlatform,
  staff: Staff,
  conversation: string,
  card: Card,
): Promise<ClickOutcome> {
  const place = await placeOf(client, platform, { conversation, replyTo: undefined })
  const sight = sightOf(staff)
  const made = { id: 0, surface: platform.name, channel: conversation, subject: 'shared', parentId: null, privateTo: null, sight }
  if (!place || (await disclosureOf(client, made, await readersOf({ client, clock }, platform, place))) !== 'all')
    return { kind: 'refused', message: words.platforms.shareRefused }
  const by = { type: 'text', text: words.platforms.sharedBy(staff.name), tone: 'neutral', weight: 'subtle' } as const
  const shared = { ...card, elements: [by, ...card.elements] }
  await writePost(client, clock, { surface: platform.name, channel: conversation, subject: 'shared', authorId: staff.id, sight }, shared)
  return { kind: 'done', message: words.outcome.done }
}
