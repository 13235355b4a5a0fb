import { type Clock, type DbClient, fromInstant, type Queue } from '#platform'
import { holdSending } from './hold-sending.ts'
import { mailFile, mailReceived, mailReconcile } from './jobs.ts'
import type { MailProblem } from './mail-problem.ts'
import { changeState } from './settle-outbound.ts'

type Resumed = { toRead: number; doubtful: number }

/**
 * Takes up the mail of a database that was restored from a backup. What was to be sent then may have left since: it becomes unknown,
 * its Message-ID is looked for, and nothing of it is sent again by itself. Nothing else leaves either before the mailboxes have been
 * read (see hold-sending.ts). What was received and not read yet is read.
 */
export async function resumeMail({ client, queue, clock }: { client: DbClient; queue: Pick<Queue, 'send' | 'sendMany'>; clock: Clock }): Promise<Resumed> {
  await holdSending(client, clock)
  const waiting = await client.outboundMail.findMany({ where: { state: { in: ['scheduled', 'sending'] } }, select: { id: true } })
  for (const { id } of waiting) {
    const unknown = { state: 'unknown', claimedAt: fromInstant(clock.now()), problem: [{ code: 'restored' } satisfies MailProblem] }
    await client.$transaction(async tx => {
      const from = { id, state: { in: ['scheduled', 'sending'] } }
      if (await changeState(tx, from, unknown, { event: 'mail.unknown', settled: queue })) await queue.send(tx, mailReconcile, { outboundMailId: id })
    })
  }
  const unfiled = await client.outboundMail.findMany({ where: { state: 'sent', filedAt: null }, select: { id: true } })
  for (const { id } of unfiled) await queue.send(client, mailFile, { outboundMailId: id })
  const unread = await client.message.findMany({ where: { status: 'received', history: false }, select: { id: true }, orderBy: { id: 'asc' } })
  await queue.sendMany(
    client,
    mailReceived,
    unread.map(({ id }) => ({ messageId: id })),
  )
  return { toRead: unread.length, doubtful: waiting.length }
}
