import { type Db, recordAudit } from '#platform'

type ThreadOf = {
  /** Without a thread the message alone is linked. */
  threadId: number | null
  messageId: number
  actor: string
}
export type ThreadLink = ThreadOf & { debtorId: number; reason: 'staff' | 'company_number' }

/** Links a conversation with all its mails, those in the past, those sent and those that wait to leave, to the debtor that a person or a company number named. */
export async function linkThread(tx: Db, { debtorId, reason, ...of }: ThreadLink): Promise<void> {
  const messages = await setDebtor(tx, of, debtorId, reason)
  await recordAudit(tx, { actor: of.actor, event: 'mail.linked', subject: subjectOf(of), detail: { debtor: debtorId, messages } })
}

/** Takes a conversation with all its mails away from its debtor: its next mail is looked at as if nothing were known of it. */
export async function unlinkThread(tx: Db, of: ThreadOf): Promise<void> {
  const messages = await setDebtor(tx, of, null, null)
  await recordAudit(tx, { actor: of.actor, event: 'mail.unlinked', subject: subjectOf(of), detail: { messages } })
}

const subjectOf = ({ threadId, messageId }: ThreadOf): string => (threadId === null ? `message:${messageId}` : `thread:${threadId}`)

async function setDebtor(tx: Db, { threadId, messageId }: ThreadOf, debtorId: number | null, linkReason: string | null): Promise<number> {
  const where = threadId === null ? { id: messageId } : { threadId }
  const { count } = await tx.message.updateMany({ where, data: { debtorId, linkReason, candidates: [] } })
  if (threadId === null) return count
  await tx.thread.update({ where: { id: threadId }, data: { debtorId } })
  await tx.outboundMail.updateMany({ where: { threadId }, data: { debtorId } })
  return count
}
