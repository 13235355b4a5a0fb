import type { Clock, DbClient } from '#platform'
import { type Card, cardSchema } from '../card.ts'
import type { Post } from '../posts.ts'
import { disclosedCard, disclosureOf, withdrawnCard } from '../readers.ts'
import type { Words } from '../words/index.ts'
import { readersOf } from './conversation-readers.ts'
import type { ChatPlatform, Place } from './platform.ts'

export type ShownDeps = { client: DbClient; clock: Clock; words: Words; publicUrl: string }

/** The card of a post as a conversation may show it now: all of it, without a word of a mail, or no more than that something stands in the console. */
export async function shownCard({ client, clock, words, publicUrl }: ShownDeps, platform: ChatPlatform, post: Post, place: Place): Promise<Card> {
  return (await visibleCard({ client, clock }, platform, post, place)) ?? withdrawn(words, publicUrl)
}

/** What a conversation may show of a post now; undefined where nothing of it may stand there. */
export async function visibleCard(deps: Pick<ShownDeps, 'client' | 'clock'>, platform: ChatPlatform, post: Post, place: Place): Promise<Card | undefined> {
  const isElsewhere = post.privateTo === null && !(await showsChannel(deps.client, platform, post, place))
  return isElsewhere ? undefined : disclosedCard(post.card, await disclosureOf(deps.client, post, await readersOf(deps, platform, place)))
}

/** A card that every platform takes, for one that a platform refused: its plain words, and the way to the console. */
export function plainCard({ words, publicUrl }: Pick<ShownDeps, 'words' | 'publicUrl'>, card: Card): Card {
  const elements = [{ type: 'text' as const, text: `${words.platforms.inConsole} ${publicUrl}` }]
  return cardSchema.parse({ title: card.title.slice(0, 140), elements, fallback: card.fallback.slice(0, 1000) })
}

const withdrawn = (words: Words, publicUrl: string): Card => plainCard({ words, publicUrl }, withdrawnCard(words))

async function showsChannel(client: DbClient, { name }: ChatPlatform, { surface, channel }: Post, { conversation }: Place): Promise<boolean> {
  if (surface === name) return channel === conversation
  return (await client.chatChannel.count({ where: { platform: name, channel, conversation } })) > 0
}
