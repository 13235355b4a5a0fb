import { mailInSight, type Sight } from '#people'
import { type DbClient, Prisma } from '#platform'
import type { ProposalView } from '#proposals'
import { maskAccounts } from '#triage'
import type { HistoryMail } from '../cards/thread-cards.ts'

const historyMails = 5

/** The mail of the proposal under whose card a reply of this subject stands (`proposal:12:mail`); undefined for other posts. */
export async function mailUnder(client: DbClient, subject: string) {
  const proposalId = /^proposal:(\d{1,9}):/.exec(subject)?.[1]
  const proposal = proposalId === undefined ? null : await client.proposal.findUnique({ where: { id: Number(proposalId) }, select: { messageId: true } })
  const select = { id: true, threadId: true, receivedAt: true, rawDeletedAt: true }
  return (proposal && (await client.message.findUnique({ where: { id: proposal.messageId }, select }))) ?? undefined
}

/** Whether a post holds the conversation before a mail: mails of several folders, of which a reader of the card may see only some. */
export const isHistory = (subject: string): boolean => subject.endsWith(':history')

/** What was written in the same conversation before a message, as far as it is in sight; the newest first. Accounts of a mail that speaks of new bank details are covered. */
export async function earlierMails(
  client: DbClient,
  sight: Sight,
  { id, threadId, receivedAt }: Pick<ProposalView['message'], 'id' | 'threadId' | 'receivedAt'>,
): Promise<HistoryMail[]> {
  if (threadId === null) return []
  const mails = await client.$queryRaw<(HistoryMail & { fromAddress: string | null; fromName: string | null; covered: boolean })[]>`
    SELECT m.direction, m."fromAddress", m."fromName", m."receivedAt" AS at, m.subject, m."replyText" AS text,
      EXISTS (SELECT FROM "Reading" r WHERE r."messageId" = m.id AND r.reading @> '{"quarantine": [{"kind": "bank_change"}]}') AS covered FROM "Message" m
    WHERE m."threadId" = ${threadId} AND m.id <> ${id} AND m."receivedAt" <= ${receivedAt} AND ${mailInSight(sight, Prisma.raw('m'))}
    ORDER BY m."receivedAt" DESC, m.id DESC LIMIT ${historyMails}`
  return mails.map(({ direction, fromAddress, fromName, at, subject, text, covered }) => {
    const shown = (words: string) => (covered ? maskAccounts(words) : words)
    return { direction, from: fromName ?? fromAddress ?? '?', at, subject: shown(subject), text: shown(text) }
  })
}
