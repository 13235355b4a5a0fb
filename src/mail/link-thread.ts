import { type Db, recordAudit } from '#platform'

export type ThreadLink = {
  /** Without a thread the message alone is linked. */
  threadId: number | null
  messageId: number
  debtorId: number
  reason: 'staff' | 'company_number'
  actor: string
}

/** Links a conversation with all its mails, those in the past, those sent and those that wait to leave, to the debtor that a person or a company number named. */
export async function linkThread(tx: Db, { threadId, messageId, debtorId, reason, actor }: ThreadLink): Promise<void> {
  const linked = { debtorId, linkReason: reason, candidates: [] }
  const { count } = await tx.message.updateMany({ where: threadId === null ? { id: messageId } : { threadId }, data: linked })
  if (threadId !== null) {
    await tx.thread.update({ where: { id: threadId }, data: { debtorId } })
    await tx.outboundMail.updateMany({ where: { threadId }, data: { debtorId } })
  }
  const subject = threadId === null ? `message:${messageId}` : `thread:${threadId}`
  await recordAudit(tx, { actor, event: 'mail.linked', subject, detail: { debtor: debtorId, messages: count } })
}
