import type { DbClient } from '#platform'
import type { Readers } from '../readers.ts'
import type { ChatPlatform, Place } from './platform.ts'

/** How long it counts who a platform said reads a conversation, when it tells of nobody joining. */
const membersCountForMinutes = 10

/**
 * Who reads a conversation, as staff. Unknown where the platform does not tell, and where anybody reads who is no member of staff.
 * A person's own conversation is read by them alone.
 */
export async function readersOf(client: DbClient, platform: ChatPlatform, place: Place): Promise<Readers> {
  const known = await client.chatConversation.findUnique({ where: { platform_conversation: { platform: platform.name, conversation: place.conversation } } })
  const isFresh = known?.membersAt && known.membersAt > new Date(Date.now() - membersCountForMinutes * 60_000)
  const told = known?.userId ? [known.userId] : isFresh ? known.members : await askMembers(client, platform, place)
  if (!told || told.length === 0) return { kind: 'unknown' }
  const accounts = await client.chatAccount.findMany({
    where: { platform: platform.name, userId: { in: told }, ...(known?.workspace && { workspace: known.workspace }) },
    include: { staff: true },
  })
  const isEverybody = told.every(userId => accounts.some(account => account.userId === userId))
  return isEverybody ? { kind: 'known', staff: accounts.map(({ staff }) => staff) } : { kind: 'unknown' }
}

async function askMembers(client: DbClient, platform: ChatPlatform, place: Place): Promise<string[] | undefined> {
  const members = await platform.members(place)
  if (members) {
    await client.chatConversation.updateMany({ where: { platform: platform.name, conversation: place.conversation }, data: { members, membersAt: new Date() } })
  }
  return members
}
