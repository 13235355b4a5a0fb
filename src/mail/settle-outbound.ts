import { type Blobs, type Clock, type Db, type DbClient, fromInstant, type OutboundMailModel, Prisma, type Queue, recordAudit } from '#platform'
import { mailFile, mailSettled } from './jobs.ts'
import type { MailProblem } from './mail-problem.ts'
import type { OutboundAttachment } from './outbox.ts'

type From = { id: number; state: string | { in: string[] }; attempts?: number; filedAt?: null; claimedAt?: { lt: Date }; sendAfter?: { lte: Date } }
type Change = { event: string; actor?: string; settled?: Pick<Queue, 'send'> }

/** Moves a mail on if it still stands where the caller thinks; state, audit entry and the news of it in one transaction. */
export async function changeState(tx: Db, from: From, to: Prisma.OutboundMailUpdateManyMutationInput, change: Change): Promise<boolean> {
  const { count } = await tx.outboundMail.updateMany({ where: from, data: to })
  if (count === 0) return false
  const mail = await tx.outboundMail.findUniqueOrThrow({ where: { id: from.id }, select: { attempts: true, actionId: true } })
  const detail = { attempt: mail.attempts, action: mail.actionId }
  await recordAudit(tx, { actor: change.actor ?? 'duncan', event: change.event, subject: `mail:${from.id}`, detail })
  if (change.settled) await change.settled.send(tx, mailSettled, { outboundMailId: from.id })
  return true
}

export type SentDeps = { client: DbClient; queue: Pick<Queue, 'send'>; blobs: Pick<Blobs, 'size'>; clock: Clock }
type Sent = { attempt?: number; problems?: MailProblem[]; actor?: string; event?: string; from?: string[] }

/**
 * Records that a mail was accepted: its state, its copy in the thread, and the job that files it in the Sent folder. The sender of
 * the attempt knows better than whoever declared it dead meanwhile: a mail that stands unknown, waits anew or was given up becomes
 * sent, too.
 */
export const recordSent = ({ client, ...deps }: SentDeps, id: number, sent: Sent): Promise<boolean> =>
  client.$transaction(tx => recordSentIn(tx, deps, id, sent))

/** The same in the caller's transaction. */
export async function recordSentIn(tx: Db, { queue, blobs, clock }: Omit<SentDeps, 'client'>, id: number, sent: Sent): Promise<boolean> {
  const { attempt, problems = [], actor, event = 'mail.sent', from: states = ['sending', 'unknown', 'scheduled', 'failed'] } = sent
  const mail = await tx.outboundMail.findUniqueOrThrow({ where: { id } })
  // The mail has left: a file that cannot be looked at any more must not keep that from being recorded.
  const sizeOf = async (hash: string) => (await blobs.size(hash)) ?? 0
  const size = mail.rawHash ? await sizeOf(mail.rawHash) : 0
  const sizes = await Promise.all((mail.attachments as OutboundAttachment[]).map(({ hash }) => sizeOf(hash)))
  const sentAt = fromInstant(clock.now())
  const from = { id, state: { in: states }, ...(attempt !== undefined && { attempts: attempt }) }
  const change = { event, settled: queue, ...(actor && { actor }) }
  if (!(await changeState(tx, from, { state: 'sent', sentAt, problem: problems.length > 0 ? problems : Prisma.DbNull }, change))) return false
  if (mail.private) {
    await tx.outboundMail.update({ where: { id }, data: { text: '', html: null } })
    return true
  }
  await storeOwnMessage(tx, mail, sentAt, size, sizes)
  await queue.send(tx, mailFile, { outboundMailId: id })
  return true
}

/** The mail as a message of its thread, under the hash of the very bytes that left: the sync of the Sent folder meets it there. */
async function storeOwnMessage(tx: Db, mail: OutboundMailModel, sentAt: Date, size: number, attachmentSizes: number[]): Promise<void> {
  if (!mail.rawHash) return
  const { mailboxId, internetMessageId, debtorId, subject, rawHash } = mail
  // A server that fills the Sent folder itself may have been faster, with header lines of its own.
  if (await tx.message.findFirst({ where: { mailboxId, internetMessageId, direction: 'out' }, select: { id: true } })) return
  const { address } = await tx.mailbox.findUniqueOrThrow({ where: { id: mailboxId }, select: { address: true } })
  const threadId = mail.threadId ?? (await tx.thread.create({ data: { mailboxId, debtorId, subject: subject.toLowerCase(), lastMessageAt: sentAt } })).id
  const { count } = await tx.message.createMany({
    skipDuplicates: true,
    data: {
      mailboxId,
      rawHash,
      size,
      direction: 'out',
      internetMessageId,
      inReplyTo: mail.inReplyTo,
      references: mail.references,
      fromAddress: address,
      to: mail.to.map(recipient => recipient.toLowerCase()),
      cc: mail.cc.map(recipient => recipient.toLowerCase()),
      subject,
      sentAt,
      receivedAt: sentAt,
      text: mail.text,
      replyText: mail.text,
      threadId,
      debtorId,
      alsoDebtorIds: mail.alsoDebtorIds,
      linkReason: debtorId ? 'thread' : null,
      status: 'processed',
    },
  })
  if (count === 0) return
  const message = await tx.message.findUniqueOrThrow({ where: { mailboxId_rawHash: { mailboxId, rawHash } }, select: { id: true } })
  const attachments = (mail.attachments as OutboundAttachment[]).map(({ fileName, contentType, hash }, index) => ({
    messageId: message.id,
    fileName,
    contentType,
    hash,
    size: attachmentSizes[index] ?? 0,
  }))
  await tx.attachment.createMany({ data: attachments })
  await tx.thread.updateMany({ where: { id: threadId, lastMessageAt: { lt: sentAt } }, data: { lastMessageAt: sentAt } })
  if (mail.threadId === null) await tx.outboundMail.update({ where: { id: mail.id }, data: { threadId } })
}
