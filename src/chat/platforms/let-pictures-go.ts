import { type DbClient, errorText, type Log } from '#platform'
import type { ChatPlatform } from './platform.ts'

const atOnce = 200

/** Takes back from a platform the pictures of mails that retention let go. What cannot be taken back now is tried the next time. */
export async function letPicturesGo({ client, log }: { client: DbClient; log: Log }, { name, takeBack }: ChatPlatform): Promise<void> {
  const rows = await client.$queryRaw<{ attachmentId: number; externalId: string }[]>`
    SELECT p."attachmentId", p."externalId" FROM "ChatPicture" p
    LEFT JOIN "Attachment" a ON a.id = p."attachmentId" LEFT JOIN "Message" m ON m.id = a."messageId"
    WHERE p.platform = ${name} AND (m.id IS NULL OR m."rawDeletedAt" IS NOT NULL) LIMIT ${atOnce}`
  for (const { attachmentId, externalId } of rows) {
    try {
      await takeBack(externalId)
      await client.chatPicture.delete({ where: { platform_attachmentId: { platform: name, attachmentId } } })
    } catch (error) {
      log.warn({ platform: name, problem: errorText(error) }, 'a picture could not be taken back')
    }
  }
}
