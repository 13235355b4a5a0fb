import type { Staff } from '#people'
import { type Clock, type DbClient, fromInstant, type Prisma } from '#platform'
import { opsChannel } from '../approvals/post-ops.ts'
import { cardFor } from '../button-rights.ts'
import type { Card } from '../card.ts'
import { asPost, type Post } from '../posts.ts'
import { renderCard } from './render-card.ts'

export const consoleSurface = 'console'

export type PostView = {
  id: number
  channel: string
  parentId: number | null
  subject: string
  at: string
  updatedAt: string
  author: string | null
  private: boolean
  replies: number
  /** What the page shows before the card is drawn, and to screen readers. */
  fallback: string
  tone: string
  card: Record<string, unknown>
}

const pageSize = 30
const privateHours = 24

export type Feed = ReturnType<typeof createFeed>

/** Reads what one person may see of the console's channels. */
export function createFeed(client: DbClient, clock: Clock, channelOf: (mailboxKey: string) => string) {
  // Private answers fade after a day; the channels stay.
  const visibleTo = (staff: Staff): Prisma.ChatPostWhereInput => ({
    surface: consoleSurface,
    OR: [{ privateTo: null }, { privateTo: staff.id, createdAt: { gt: fromInstant(clock.now().subtract({ hours: privateHours })) } }],
  })

  async function draw(staff: Staff, posts: Post[]): Promise<PostView[]> {
    const authorIds = posts.flatMap(({ authorId }) => authorId ?? [])
    const authors = new Map((await client.staff.findMany({ where: { id: { in: authorIds } } })).map(({ id, name }) => [id, name]))
    const counts = await client.chatPost.groupBy({
      by: ['parentId'],
      where: { parentId: { in: posts.map(({ id }) => id) }, authorId: { not: null } },
      _count: true,
    })
    const replies = new Map(counts.map(({ parentId, _count }) => [parentId, _count]))
    return posts.map(post => postView(staff, post, authors.get(post.authorId ?? 0) ?? null, replies.get(post.id) ?? 0))
  }

  return {
    /** The channels of the console, with how many cards of each wait for somebody. */
    channels: async (): Promise<{ key: string; waiting: number }[]> => {
      const mailboxes = await client.mailbox.findMany({ orderBy: { id: 'asc' }, select: { id: true, key: true } })
      const waiting = await client.proposal.groupBy({ by: ['mailboxId'], where: { status: { in: ['open', 'awaiting_second'] } }, _count: true })
      const counts = new Map<string, number>()
      for (const { id, key } of mailboxes) {
        const here = waiting.find(({ mailboxId }) => mailboxId === id)?._count ?? 0
        counts.set(channelOf(key), (counts.get(channelOf(key)) ?? 0) + here)
      }
      const alerts = await client.opsAlert.count({ where: { resolvedAt: null } })
      return [...[...counts].map(([key, count]) => ({ key, waiting: count })), { key: opsChannel, waiting: alerts }]
    },

    /** A page of a channel: the newest posts, or those before a post; oldest first. */
    page: async (staff: Staff, channel: string, before?: number): Promise<{ posts: PostView[]; more: boolean }> => {
      const rows = await client.chatPost.findMany({
        where: { ...visibleTo(staff), channel, parentId: null, ...(before !== undefined && { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: pageSize + 1,
      })
      return { posts: await draw(staff, rows.slice(0, pageSize).map(asPost).toReversed()), more: rows.length > pageSize }
    },

    /** One post as it stands now; undefined when it is gone or not this person's to see. */
    post: async (staff: Staff, id: number): Promise<PostView | undefined> => {
      const row = await client.chatPost.findFirst({ where: { ...visibleTo(staff), id } })
      return row ? (await draw(staff, [asPost(row)]))[0] : undefined
    },

    /** The thread under a post, oldest first. */
    thread: async (staff: Staff, parentId: number): Promise<PostView[]> => {
      const rows = await client.chatPost.findMany({ where: { ...visibleTo(staff), parentId }, orderBy: { id: 'asc' } })
      return draw(staff, rows.map(asPost))
    },

    /** The stored post, for who acts on it; undefined when it is not this person's to see. */
    stored: async (staff: Staff, id: number): Promise<Post | undefined> => {
      const row = await client.chatPost.findFirst({ where: { ...visibleTo(staff), id } })
      return row ? asPost(row) : undefined
    },
  }
}

function postView(staff: Staff, post: Post, author: string | null, replies: number): PostView {
  const card: Card = cardFor(staff, post.card)
  const { id, channel, parentId, subject, createdAt, updatedAt, privateTo } = post
  const tone = card.status?.tone ?? 'neutral'
  const times = { at: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
  return { id, channel, parentId, subject, ...times, author, private: privateTo !== null, replies, fallback: card.fallback, tone, card: renderCard(card) }
}
