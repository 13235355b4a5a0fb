import type { Staff } from '#people'
import type { Clock, DbClient } from '#platform'
import { cardSchema } from '../card.ts'
import { writePost } from '../posts.ts'
import { postsInSight } from '../posts-in-sight.ts'
import type { MessageOn } from './desk.ts'

const longestTalk = 4000

/**
 * Keeps what a colleague says in the thread of a card on a platform, and has it follow to the card's other surfaces. It is a post and
 * nothing else: only a button of a card ever sends to a debtor. False when the thread is not that of a card they may see.
 */
export async function keepTalk(
  { client, clock }: { client: DbClient; clock: Clock },
  staff: Staff,
  reply: MessageOn,
  under: string,
  text: string,
): Promise<boolean> {
  const { platform, conversation, externalId } = reply
  const copy = await client.chatCopy.findFirst({ where: { platform, conversation, externalId: under }, include: { post: true } })
  const [parent] = copy ? await postsInSight(client, staff, [copy.post]) : []
  if (!copy || !parent || parent.privateTo !== null) return false
  const said = text.slice(0, longestTalk)
  const card = cardSchema.parse({ title: staff.name, elements: [{ type: 'text', text: said }], fallback: `${staff.name}: ${said}` })
  await client.$transaction(async tx => {
    const { surface, channel } = copy.post
    const post = await writePost(tx, clock, { surface, channel, subject: 'talk', parentId: parent.id, authorId: staff.id }, card)
    // Where it was said it stands already, in the words of who said it.
    await tx.chatCopy.deleteMany({ where: { postId: post.id, platform, conversation } })
    await tx.chatCopy.create({ data: { postId: post.id, platform, conversation, externalId, status: 'said' } })
  })
  return true
}
