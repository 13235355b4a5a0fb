import type { Clock, DbClient } from '#platform'
import { type Card, cardSchema } from '../card.ts'
import { asPost, type Post } from '../posts.ts'
import { disclosedCard, disclosureOf, withdrawnCard } from '../readers.ts'
import type { Words } from '../words/index.ts'
import { readersOf } from './conversation-readers.ts'
import { type Listed, listCard, listSubject } from './list-card.ts'
import type { ChatPlatform, Place } from './platform.ts'

export type ShownDeps = { client: DbClient; clock: Clock; words: Words; publicUrl: string }

/** The card of a post as a conversation may show it now: all of it, without a word of a mail, or no more than that something stands in the console. */
export async function shownCard({ publicUrl, ...deps }: ShownDeps, platform: ChatPlatform, post: Post, place: Place): Promise<Card> {
  return (await visibleCard(deps, platform, post, place)) ?? withdrawn(deps.words, publicUrl)
}

/** What a conversation may show of a post now; undefined where nothing of it may stand there. */
export async function visibleCard(deps: Omit<ShownDeps, 'publicUrl'>, platform: ChatPlatform, post: Post, place: Place): Promise<Card | undefined> {
  if (post.subject.startsWith(listSubject)) return visibleList(deps, platform, post, place)
  const isElsewhere = post.privateTo === null && !(await showsChannel(deps.client, platform, post, place))
  return isElsewhere ? undefined : disclosedCard(post.card, await disclosureOf(deps.client, post, await readersOf(deps, platform, place)))
}

/** A list shows of each of its cards what their readers may see of it. */
async function visibleList(deps: Omit<ShownDeps, 'publicUrl'>, platform: ChatPlatform, { id }: Post, place: Place): Promise<Card> {
  const copies = await deps.client.chatCopy.findMany({ where: { listedIn: id }, include: { post: true }, orderBy: { postId: 'asc' } })
  const listed: Listed[] = []
  for (const copy of copies) listed.push({ post: asPost(copy.post), card: await visibleCard(deps, platform, asPost(copy.post), place) })
  return listCard(listed, deps.words)
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
