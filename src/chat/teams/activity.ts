import { z } from 'zod'
import { splitConversation } from './place.ts'

const account = z.looseObject({ id: z.string(), aadObjectId: z.string().optional(), name: z.string().optional() })

/** What Teams sends, as far as Duncan looks at it. */
export const activitySchema = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  serviceUrl: z.string(),
  from: account,
  recipient: account,
  conversation: z.looseObject({ id: z.string(), conversationType: z.string().optional(), tenantId: z.string().optional() }),
  replyToId: z.string().optional(),
  text: z.string().optional(),
  locale: z.string().optional(),
  action: z.string().optional(),
  value: z.unknown().optional(),
  channelData: z
    .looseObject({ team: z.looseObject({ id: z.string() }).optional() })
    .optional()
    .catch(undefined),
  entities: z
    .array(z.looseObject({ type: z.string(), text: z.string().optional(), mentioned: account.optional() }))
    .optional()
    .catch(undefined),
})
export type TeamsActivity = z.infer<typeof activitySchema>

/** Where somebody asked, and alone gets the answer. */
export type Asker = {
  user: { id: string; aadObjectId?: string | undefined; name?: string | undefined }
  conversation: string
  /** The message at the top of the thread that it was asked in. */
  thread?: string | undefined
  isPersonal: boolean
  serviceUrl: string
  /** The message that was pressed, or that the question is. */
  message?: string | undefined
}

/** Who asks, and where. */
export function askerOf({ from, conversation, serviceUrl, replyToId, id }: TeamsActivity): Asker {
  const { conversation: place, root } = splitConversation(conversation.id)
  const isPersonal = conversation.conversationType === 'personal' || (conversation.conversationType === undefined && !place.startsWith('19:'))
  const { id: user, aadObjectId, name } = from
  return { user: { id: user, aadObjectId, name }, conversation: place, thread: root, isPersonal, serviceUrl, message: replyToId ?? id }
}

/** Two letters. */
export const languageOf = ({ locale }: TeamsActivity): string | undefined => locale?.slice(0, 2).toLowerCase()
