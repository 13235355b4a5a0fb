import { mailInSight, type Sight } from '#people'
import { type DbClient, Prisma } from '#platform'
import type { ProposalView } from '#proposals'
import type { HistoryMail } from '../cards/thread-cards.ts'

const historyMails = 5

/** What was written in the same conversation before a message, as far as it is in sight; the newest first. */
export async function earlierMails(
  client: DbClient,
  sight: Sight,
  { id, threadId, receivedAt }: Pick<ProposalView['message'], 'id' | 'threadId' | 'receivedAt'>,
): Promise<HistoryMail[]> {
  if (threadId === null) return []
  const mails = await client.$queryRaw<(HistoryMail & { fromAddress: string | null; fromName: string | null })[]>`
    SELECT m.direction, m."fromAddress", m."fromName", m."receivedAt" AS at, m.subject, m."replyText" AS text FROM "Message" m
    WHERE m."threadId" = ${threadId} AND m.id <> ${id} AND m."receivedAt" <= ${receivedAt} AND ${mailInSight(sight, Prisma.raw('m'))}
    ORDER BY m."receivedAt" DESC, m.id DESC LIMIT ${historyMails}`
  return mails.map(({ direction, fromAddress, fromName, at, subject, text }) => ({ direction, from: fromName ?? fromAddress ?? '?', at, subject, text }))
}
