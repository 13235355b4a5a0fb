import { type Sight, type Staff, seesAll, sightOf } from '#people'
import { type ChatPostModel, type Clock, type DbClient, fromInstant, type Prisma } from '#platform'
import { proposalsInSight } from '#proposals'
import { earlierMails, isHistory, mailUnder } from '../approvals/earlier-mails.ts'
import { opsChannel } from '../approvals/post-ops.ts'
import { cardFor } from '../button-rights.ts'
import type { Card } from '../card.ts'
import { historyCard } from '../cards/thread-cards.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { cardContext } from '../context.ts'
import { letGoText } from '../let-go-text.ts'
import { asPost, type Post } from '../posts.ts'
import { postsInSight } from '../posts-in-sight.ts'
import { consoleSurface } from '../surface.ts'
import { renderCard } from './render-card.ts'

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
export type FeedDeps = { client: DbClient; clock: Clock; timeZone: string }

/** Reads what one person may see of the console's channels; what they may not see is not there. */
export function createFeed({ client, clock, timeZone }: FeedDeps) {
  // Private answers fade after a day, what Duncan tells somebody by itself stays until they dismiss it; so do the channels.
  const fadesBefore = () => fromInstant(clock.now().subtract({ hours: privateHours }))
  const standing = ({ id }: Staff): Prisma.ChatPostWhereInput => ({
    surface: consoleSurface,
    OR: [{ privateTo: null }, { privateTo: id, subject: { not: 'answer' } }, { privateTo: id, createdAt: { gt: fadesBefore() } }],
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
    const shown = await Promise.all(posts.map(async post => withoutLetGo(staff, await withOwnHistory(staff, post))))
    return shown.map(post => postView(staff, post, authors.get(post.authorId ?? 0) ?? null, replies.get(post.id) ?? 0))
  }

  /** The newest posts of a channel before an id that are in sight, newest first; one more than a page where there are more. */
  async function newest(staff: Staff, channel: string, before: number | undefined): Promise<ChatPostModel[]> {
    // A channel of others is not read through from end to end to find nothing: only what stands there for this person alone.
    const isTheirs = seesAll(sightOf(staff)) || (await channelsOf(client, staff)).includes(channel)
    const whose = isTheirs ? {} : { privateTo: staff.id }
    const found: ChatPostModel[] = []
    let below = before
    for (;;) {
      const rows = await client.chatPost.findMany({
        where: { AND: [standing(staff), whose], channel, parentId: null, ...(below !== undefined && { id: { lt: below } }) },
        orderBy: { id: 'desc' },
        take: pageSize + 1,
      })
      found.push(...(await postsInSight(client, staff, rows)))
      below = rows.at(-1)?.id
      if (found.length > pageSize || rows.length <= pageSize) return found
    }
  }

  async function stored(staff: Staff, id: number): Promise<Post | undefined> {
    const row = await client.chatPost.findFirst({ where: { ...standing(staff), id } })
    const [seen] = row ? await postsInSight(client, staff, [row]) : []
    return seen && asPost(seen)
  }

  return {
    /** The channels that a person is in, with how many cards of each wait for somebody; their own where there is no other or something stands in it. */
    channels: async (staff: Staff): Promise<{ key: string; waiting: number }[]> => {
      const channels = await channelsOf(client, staff)
      const counts = await waitingCards(client, sightOf(staff), channels)
      const list = channels.map(key => ({ key, waiting: counts.get(key) ?? 0 }))
      // What they were told alone stands there too, when it had no other place.
      const told = await client.chatPost.count({ where: { ...standing(staff), channel: ownChannel(staff) } })
      return list.length > 0 && told === 0 ? list : [...list, { key: ownChannel(staff), waiting: 0 }]
    },

    /** A page of a channel: the newest posts, or those before a post; oldest first. */
    page: async (staff: Staff, channel: string, before?: number): Promise<{ posts: PostView[]; more: boolean }> => {
      const rows = await newest(staff, channel, before)
      return { posts: await draw(staff, rows.slice(0, pageSize).map(asPost).toReversed()), more: rows.length > pageSize }
    },

    /** One post as it stands now; undefined when it is gone or not this person's to see. */
    post: async (staff: Staff, id: number): Promise<PostView | undefined> => {
      const post = await stored(staff, id)
      return post && (await draw(staff, [post]))[0]
    },

    /** Of these posts, those that are still there for this person. */
    seen: async (staff: Staff, ids: number[]): Promise<number[]> => {
      const rows = await client.chatPost.findMany({ where: { ...standing(staff), id: { in: ids } }, omit: { card: true } })
      return (await postsInSight(client, staff, rows)).map(({ id }) => id)
    },

    /** The thread under a post, oldest first. */
    thread: async (staff: Staff, parentId: number): Promise<PostView[]> => {
      const rows = await client.chatPost.findMany({ where: { ...standing(staff), parentId }, orderBy: { id: 'asc' } })
      const posts = (await postsInSight(client, staff, rows)).map(asPost)
      return draw(staff, posts)
    },

    stored,

    /** Deletes a person's answers that have faded: nobody sees them any more. */
    forgetOldAnswers: async ({ id }: Staff): Promise<void> => {
      await client.chatPost.deleteMany({ where: { surface: consoleSurface, privateTo: id, subject: 'answer', createdAt: { lte: fadesBefore() } } })
    },
  }

  /** The conversation under a card holds mails of several folders: who does not see everything gets it with those in sight. */
  async function withOwnHistory(staff: Staff, post: Post): Promise<Post> {
    if (!isHistory(post.subject) || seesAll(sightOf(staff))) return post
    const message = await mailUnder(client, post.subject)
    const mails = message ? await earlierMails(client, sightOf(staff), message) : []
    return { ...post, card: historyCard(mails, cardContext(staff.language, timeZone)) }
  }

  /** The mail under a card stays readable; in the place of its files stands since when they are let go. */
  async function withoutLetGo(staff: Staff, post: Post): Promise<Post> {
    const message = post.subject.endsWith(':mail') ? await mailUnder(client, post.subject) : undefined
    if (!message?.rawDeletedAt) return post
    const { words, format } = cardContext(staff.language, timeZone)
    const text = letGoText(words, format, message.rawDeletedAt)
    const kept = post.card.elements.filter(({ type }) => type !== 'files' && type !== 'image')
    return { ...post, card: { ...post.card, elements: [...kept, { type: 'text', text, tone: 'neutral', weight: 'subtle' }] } }
  }
}

/** How many cards in sight wait in each channel: proposals without a decision, alerts without a solution. */
async function waitingCards(client: DbClient, sight: Sight, channels: string[]): Promise<Map<string, number>> {
  const rows = await client.$queryRaw<{ channel: string; proposal: number }[]>`
    SELECT c.channel, p.id AS proposal FROM "Proposal" p
    JOIN "ChatPost" c ON c.subject = 'proposal:' || p.id AND c.surface = ${consoleSurface} AND c."parentId" IS NULL
    WHERE p.status IN ('open', 'awaiting_second') AND c.channel = ANY(${channels}::text[])`
  const seen = await proposalsInSight(
    client,
    sight,
    rows.map(({ proposal }) => proposal),
  )
  const counts = new Map<string, number>()
  for (const { channel, proposal } of rows) if (seen.has(proposal)) counts.set(channel, (counts.get(channel) ?? 0) + 1)
  if (channels.includes(opsChannel)) counts.set(opsChannel, await client.opsAlert.count({ where: { resolvedAt: null } }))
  return counts
}

function postView(staff: Staff, post: Post, author: string | null, replies: number): PostView {
  const card: Card = cardFor(staff, post.card)
  const { id, channel, parentId, subject, createdAt, updatedAt, privateTo } = post
  const tone = card.status?.tone ?? 'neutral'
  const times = { at: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
  return { id, channel, parentId, subject, ...times, author, private: privateTo !== null, replies, fallback: card.fallback, tone, card: renderCard(card) }
}
