import { z } from 'zod'
import { type Sight, type Staff, seesAll, sightCovers, sightOf } from '#people'
import type { ChatPostModel, DbClient } from '#platform'
import { proposalsInSight } from '#proposals'
import { bulksInSight } from './bulk/in-sight.ts'
import { channelsOf } from './channels.ts'
import { consoleSurface } from './surface.ts'

/** What tells who may see a post; a reply is seen by who sees the post that it belongs to. */
export type SeenPost = Pick<ChatPostModel, 'id' | 'surface' | 'subject' | 'channel' | 'privateTo' | 'parentId'> & { sight: unknown }

const places = z.union([z.literal('all'), z.array(z.string())])
const sightSchema = z.object({ administrations: places, mailboxes: places, accounts: z.string().optional() })

/** Of these posts, those that the person may see now, whatever they could see when the posts were written. */
export async function postsInSight<P extends SeenPost>(client: DbClient, staff: Staff, posts: P[]): Promise<P[]> {
  if (seesAll(sightOf(staff)) && posts.every(({ parentId }) => parentId === null)) {
    return posts.filter(({ privateTo }) => privateTo === null || privateTo === staff.id)
  }
  const roots = await rootsOf(client, posts)
  const channels = new Set(await channelsOf(client, staff))
  const proposals = await proposalsInSight(
    client,
    sightOf(staff),
    [...roots.values()].flatMap(({ subject }) => proposalOf(subject) ?? []),
  )
  const bulks = await bulksInSight(
    client,
    sightOf(staff),
    [...roots.values()].flatMap(({ subject }) => bulkOf(subject) ?? []),
  )
  const seen = (post: SeenPost): boolean => {
    if (post.privateTo !== null && post.privateTo !== staff.id) return false
    // What was shared in a platform's own conversation stands in no channel: there the sight it was made for decides alone.
    if (post.privateTo === null && post.surface === consoleSurface && !channels.has(post.channel)) return false
    const [proposal, bulk] = [proposalOf(post.subject), bulkOf(post.subject)]
    if (bulk !== undefined) return bulks.has(bulk)
    return proposal === undefined ? coversPost(sightOf(staff), post) : proposals.has(proposal)
  }
  return posts.filter(post => {
    const root = roots.get(post.parentId ?? post.id)
    return root !== undefined && seen(root)
  })
}

async function rootsOf(client: DbClient, posts: SeenPost[]): Promise<Map<number, SeenPost>> {
  const parents = [...new Set(posts.flatMap(({ parentId }) => parentId ?? []))]
  const rows = parents.length > 0 ? await client.chatPost.findMany({ where: { id: { in: parents } }, omit: { card: true } }) : []
  return new Map([...rows, ...posts.filter(({ parentId }) => parentId === null)].map(post => [post.id, post]))
}

const idIn =
  (pattern: RegExp) =>
  (subject: string): number | undefined => {
    const id = pattern.exec(subject)?.[1]
    return id === undefined ? undefined : Number(id)
  }
const proposalOf = idIn(/^(?:proposal|reminder):(\d+)/)
const bulkOf = idIn(/^bulk:(\d+)/)

/** A card that was made for somebody holds what that person could see: it is for who sees as much. Of others nothing is known. */
function coversPost(sight: Sight, post: SeenPost): boolean {
  const made = sightSchema.safeParse(post.sight).data
  return made ? sightCovers(sight, made) : seesAll(sight)
}
