import { type Clock, type DbClient, fromInstant } from '#platform'
import type { Readers } from '../readers.ts'
import type { ChatPlatform, Place } from './platform.ts'

/** How long it counts who a platform said reads a conversation, when it tells of nobody joining. */
const membersCountForMinutes = 10

type Deps = { client: DbClient; clock: Clock }

/**
 * Who reads a conversation, as staff. Unknown where the platform does not tell, and where anybody reads who is no member of staff.
 * A person's own conversation is read by them alone.
 */
export async function readersOf({ client, clock }: Deps, platform: ChatPlatform, place: Place): Promise<Readers> {
  const known = await client.chatConversation.findUnique({ where: { platform_conversation: { platform: platform.name, conversation: place.conversation } } })
  const isFresh = known?.membersAt && known.membersAt > fromInstant(clock.now().subtract({ minutes: membersCountForMinutes }))
  const told = known?.userId ? [known.userId] : isFresh ? known.members : await askMembers({ client, clock }, platform, place)
  if (!told || told.length === 0) return { kind: 'unknown' }
  const accounts = await client.chatAccount.findMany({
    where: { platform: platform.name, userId: { in: told }, ...(known?.workspace && { workspace: known.workspace }) },
    include: { staff: true },
  })
  const isEverybody = told.every(userId => accounts.some(account => account.userId === userId))
  return isEverybody ? { kind: 'known', staff: accounts.map(({ staff }) => staff) } : { kind: 'unknown' }
}

async function askMembers({ client, clock }: Deps, platform: ChatPlatform, place: Place): Promise<string[] | undefined> {
  const members = await platform.members(place)
  if (members) {
    await client.chatConversation.updateMany({
      where: { platform: platform.name, conversation: place.conversation },
      data: { members, membersAt: fromInstant(clock.now()) },
    })
  }
  return members
}
