import { z } from 'zod'

/** What is kept of a conversation so that it can be written to later. */
export const referenceSchema = z.object({
  serviceUrl: z.string().optional().catch(undefined),
  kind: z.enum(['channel', 'groupChat', 'personal']).optional().catch(undefined),
})
export type Reference = z.infer<typeof referenceSchema>

/** A conversation, and the message at the top of the thread in it: in channels Teams writes both into one id. */
export function splitConversation(id: string): { conversation: string; root?: string } {
  const [conversation = '', root] = id.split(';messageid=')
  return root === undefined ? { conversation } : { conversation, root }
}

/** The id of a thread. */
export const threadId = (conversation: string, root: string): string => `${conversation};messageid=${root}`

/** Whether a conversation is a channel of a team, where each message has a thread. */
export const isChannel = (conversation: string, { kind }: Reference): boolean =>
  kind === undefined ? /^19:.*@thread\.(tacv2|skype)$/.test(conversation) : kind === 'channel'
