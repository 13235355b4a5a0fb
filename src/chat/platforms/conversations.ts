import type { ChatCopyModel, DbClient } from '#platform'
import { directPrefix } from './copies.ts'
import type { ChatPlatform, Place, PlatformName } from './platform.ts'

export type ConversationTold = { platform: PlatformName; workspace: string; conversation: string; userId?: string; reference?: object }

/** Keeps what a platform told of a conversation; what it does not tell this time stays. */
export async function rememberConversation(client: DbClient, { platform, conversation, ...told }: ConversationTold): Promise<void> {
  await client.chatConversation.upsert({
    where: { platform_conversation: { platform, conversation } },
    create: { platform, conversation, ...told },
    update: told,
  })
}

/** The names under which copies in a conversation are kept: its own, and of one person's own conversation that person's. */
export async function namesOf(client: DbClient, platform: PlatformName, conversation: string): Promise<string[]> {
  const known = await client.chatConversation.findUnique({ where: { platform_conversation: { platform, conversation } } })
  return known?.userId ? [conversation, directPrefix + known.userId] : [conversation]
}

/** Where a copy stands or is to stand; undefined when the platform lets nobody write to this person. */
export async function placeOf(
  client: DbClient,
  platform: ChatPlatform,
  { conversation, replyTo }: Pick<ChatCopyModel, 'conversation'> & { replyTo: string | undefined },
): Promise<Place | undefined> {
  const reply = replyTo === undefined ? {} : { replyTo }
  if (!conversation.startsWith(directPrefix)) {
    const known = await client.chatConversation.findUnique({ where: { platform_conversation: { platform: platform.name, conversation } } })
    return { conversation, reference: known?.reference ?? {}, ...reply }
  }
  const userId = conversation.slice(directPrefix.length)
  const own = await client.chatConversation.findFirst({ where: { platform: platform.name, userId }, orderBy: { updatedAt: 'desc' } })
  if (own) return { conversation: own.conversation, reference: own.reference, ...reply }
  const opened = await platform.direct(userId)
  if (!opened) return undefined
  const account = await client.chatAccount.findFirst({ where: { platform: platform.name, userId } })
  await rememberConversation(client, {
    platform: platform.name,
    workspace: account?.workspace ?? '',
    userId,
    conversation: opened.conversation,
    reference: opened.reference as object,
  })
  return { ...opened, ...reply }
}
