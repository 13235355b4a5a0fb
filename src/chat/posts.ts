import type { Sight } from '#people'
import { type ChatPostModel, type Clock, type Db, type DbClient, fromInstant } from '#platform'
import { type Card, cardSchema } from './card.ts'
import { planCopies, type Ringing } from './platforms/copies.ts'

/** The PostgreSQL channel on which every process hears of new and changed posts. */
export const chatNotices = 'duncan_chat'

export type Post = Omit<ChatPostModel, 'card'> & { card: Card }

/**
 * Where a post stands: a channel of a surface, and under which post when it is a reply. `sight`: of whom its card was made for; and when
 * it rings on chat platforms.
 */
export type Place = Ringing & {
  surface: string
  channel: string
  subject: string
  parentId?: number | null
  privateTo?: number | null
  authorId?: number | null
  sight?: Sight
}

/**
 * Puts the one post of this subject in the given state: creates it the first time, redraws it after, and moves it with its thread when
 * its channel is another one now. Returns the post.
 */
export const putPost = (client: DbClient, clock: Clock, place: Place, card: Card): Promise<Post> => client.$transaction(tx => putPostIn(tx, clock, place, card))

/** The same inside a transaction that reads and draws more than this one. */
export async function putPostIn(tx: Db, clock: Clock, place: Place, card: Card): Promise<Post> {
  const { surface, channel, subject, parentId = null, privateTo = null } = place
  // Two processes that post one subject at the same time must not make two posts of it.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`${surface} ${subject}`}))`
  const standing = await tx.chatPost.findFirst({ where: { surface, subject, parentId, privateTo } })
  if (!standing) return writePost(tx, clock, place, card)
  if (standing.channel !== channel) await moveThread(tx, standing.id, channel)
  else if (JSON.stringify(cardSchema.parse(standing.card)) === JSON.stringify(card)) return asPost(standing)
  return redrawPost(tx, clock, standing.id, card, place)
}

/** Everything that stands under a post leaves its old channel, also where it says the same as before. */
async function moveThread(tx: Db, id: number, channel: string): Promise<void> {
  const moved = await tx.chatPost.updateManyAndReturn({ where: { OR: [{ id }, { parentId: id }] }, data: { channel } })
  for (const row of moved.toSorted((a, b) => a.id - b.id)) if (row.parentId === id) await announce(tx, row, {})
}

/** Writes a new post, whatever stands already. */
export async function writePost(tx: Db, clock: Clock, { sight, notBefore, urgent, ...place }: Place, card: Card): Promise<Post> {
  const now = fromInstant(clock.now())
  const row = await tx.chatPost.create({ data: { ...place, ...(sight && { sight: sightJson(sight) }), card, createdAt: now, updatedAt: now } })
  await announce(tx, row, { notBefore, urgent })
  return asPost(row)
}

/** Draws another card on a post; the post keeps its place and its thread. `sight`: of whom the new card was made for. */
export async function redrawPost(
  tx: Db,
  clock: Clock,
  id: number,
  card: Card,
  { sight, notBefore, urgent }: Pick<Place, 'sight' | keyof Ringing> = {},
): Promise<Post> {
  const made = sight && { sight: sightJson(sight) }
  const row = await tx.chatPost.update({ where: { id }, data: { card, ...made, updatedAt: fromInstant(clock.now()) } })
  await announce(tx, row, { notBefore, urgent })
  return asPost(row)
}

/** Takes a private post away; one that is not this person's own private post stays. */
export async function dismissPost(tx: Db, id: number, staffId: number): Promise<boolean> {
  const { count } = await tx.chatPost.deleteMany({ where: { id, privateTo: staffId } })
  return count === 1
}

/** A stored row with its card checked. */
export const asPost = (row: ChatPostModel): Post => ({ ...row, card: cardSchema.parse(row.card) })

const sightJson = ({ administrations, mailboxes, accounts }: Sight) => ({
  ...(accounts !== undefined && { accounts }),
  administrations: administrations === 'all' ? administrations : [...administrations],
  mailboxes: mailboxes === 'all' ? mailboxes : [...mailboxes],
})

/** Tells every process, and has the copies on chat platforms follow. */
async function announce(tx: Db, row: ChatPostModel, ringing: Ringing): Promise<void> {
  await planCopies(tx, row, ringing)
  const { id, surface, channel, parentId, privateTo } = row
  const notice = JSON.stringify({ id, surface, channel, parentId, privateTo })
  await tx.$executeRaw`SELECT pg_notify(${chatNotices}, ${notice})` // delivered at commit
}
