import { type Clock, type DbClient, fromInstant } from '#platform'
import type { Readers } from '../readers.ts'
import { lookAgain } from './look-again.ts'
import type { ChatPlatform, Place } from './platform.ts'

/** How long it counts who a platform said reads a conversation, when it tells of nobody joining. */
const membersCountForMinutes = 10

type Deps = { client: DbClient; clock: Clock }

/**
 * Who reads a conversation, as staff. Unknown where the platform does not tell, and where anybody reads who is no member of staff.
 * A person's own conversation is read by them alone.
 */
export async function readersOf({ client, clock }: Deps, platform: ChatPlatform, place: Place): Promise<Readers> {
  const { name } = platform
  const known = await client.chatConversation.findUnique({ where: { platform_conversation: { platform: name, conversation: place.conversation } } })
  const isFresh = known?.membersAt && known.membersAt > fromInstant(clock.now().subtract({ minutes: membersCountForMinutes }))
  const told = known?.userId ? [known.userId] : isFresh ? known.members : await learnReaders({ client, clock }, platform, place)
  if (told.length === 0) return { kind: 'unknown' }
  const accounts = await client.chatAccount.findMany({
    where: { platform: name, userId: { in: told }, ...(known?.workspace && { workspace: known.workspace }) },
    include: { staff: true },
  })
  const isEverybody = told.every(userId => accounts.some(account => account.userId === userId))
  return isEverybody ? { kind: 'known', staff: accounts.map(({ staff }) => staff) } : { kind: 'unknown' }
}

/**
 * Asks the platform who reads a conversation, and keeps it. Where others read than before, everything that stands there is drawn anew for
 * them. Returns their accounts: none where the platform does not tell.
 */
async function learnReaders({ client, clock }: Deps, platform: ChatPlatform, place: Place): Promise<string[]> {
  const where = { platform: platform.name, conversation: place.conversation }
  const before = await client.chatConversation.findUnique({ where: { platform_conversation: where } })
  const members = await withoutApps(client, platform, (await platform.members(place)) ?? [])
  await client.chatConversation.updateMany({ where, data: { members, membersAt: fromInstant(clock.now()) } })
  const isSame = before && before.members.length === members.length && members.every(userId => before.members.includes(userId))
  if (!isSame) await lookAgain(client, { platform: platform.name, conversations: [place.conversation] })
  return members
}

/**
 * The people among the members. An app of the same workspace reads by leave of whoever administers it, and other apps read there through
 * people without being members at all: counting those that show themselves would guard nothing. One person whom nobody knows is enough,
 * so not everybody is looked up.
 */
async function withoutApps(client: DbClient, platform: ChatPlatform, members: string[]): Promise<string[]> {
  const linked = await client.chatAccount.findMany({ where: { platform: platform.name, userId: { in: members } }, select: { userId: true } })
  const apps = new Set<string>()
  for (const userId of members) {
    if (linked.some(account => account.userId === userId)) continue
    if (!(await platform.isApp(userId))) break
    apps.add(userId)
  }
  return members.filter(userId => !apps.has(userId))
}
