import type { Db } from '#platform'
import { chatNotices } from '../posts.ts'
import type { PlatformName } from './platform.ts'

/**
 * Has everything that stands in these conversations, also in threads, drawn for those who read it now; everywhere: who reads is asked anew,
 * too. Messages that say the same as before are not touched.
 */
export async function lookAgain(db: Db, where: { platform: PlatformName; conversations: readonly string[] } | 'everywhere'): Promise<void> {
  const [platform, conversations] = where === 'everywhere' ? [null, []] : [where.platform, where.conversations]
  if (where === 'everywhere') await db.chatConversation.updateMany({ data: { membersAt: null } })
  const count = await db.$executeRaw`
    UPDATE "ChatCopy" SET wanted = wanted + 1, status = CASE WHEN status = 'standing' THEN 'waiting' ELSE status END
    WHERE "externalId" IS NOT NULL AND status IN ('standing', 'waiting', 'posting')
      AND (${platform}::text IS NULL OR (platform = ${platform} AND conversation = ANY(${[...conversations]}::text[])))`
  if (count > 0) await db.$executeRaw`SELECT pg_notify(${chatNotices}, '{}')`
}
