import { type Blobs, fromInstant, type MessageModel } from '#platform'
import { settleDelivery } from './deliver.ts'
import type { PlannerDeps } from './schedule.ts'

/** Notes what became of the mail of a report; nothing for every other mail. */
export async function settleReportMail(deps: PlannerDeps, mailId: number): Promise<void> {
  const { client } = deps.database
  const [delivery, mail] = await Promise.all([
    client.reportDelivery.findUnique({ where: { mailId } }),
    client.outboundMail.findUnique({ where: { id: mailId }, select: { state: true } }),
  ])
  const state = mail?.state
  if (!delivery || (state !== 'sent' && state !== 'failed' && state !== 'unknown')) return
  await client.$transaction(tx =>
    settleDelivery(
      tx,
      deps,
      delivery,
      ['mailed', 'unknown', 'failed'].filter(from => from !== state),
      { status: state },
    ),
  )
}

const longestNotice = 256 * 1024 // bytes of a bounce that are looked at

/**
 * Takes what mail systems answer to the mail of a report: one that came back is told to the owner of its schedule, and an automatic answer is
 * filed. False for every other mail, and for what people write, which is read as any mail.
 */
export async function takeReportMail(deps: PlannerDeps & { blobs: Pick<Blobs, 'read'> }, message: MessageModel): Promise<boolean> {
  if (message.direction !== 'in' || message.kind === 'mail') return false
  const { client } = deps.database
  const answered = [message.inReplyTo, ...message.references, ...(message.kind === 'bounce' ? await returnedIds(deps, message) : [])].filter(id => id !== null)
  const mail = await client.outboundMail.findFirst({
    where: { internetMessageId: { in: answered }, private: true },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  const delivery = mail && (await client.reportDelivery.findUnique({ where: { mailId: mail.id } }))
  if (!delivery) return false
  await client.$transaction(async tx => {
    if (message.kind === 'bounce') await settleDelivery(tx, deps, delivery, ['mailed', 'sent', 'unknown'], { status: 'bounced' })
    // It may hold the report itself, which is not for all who see this mailbox.
    const emptied = {
      text: '',
      replyText: '',
      debtorId: null,
      linkReason: null,
      candidates: [],
      status: 'processed',
      rawDeletedAt: fromInstant(deps.clock.now()),
    }
    await tx.message.update({ where: { id: message.id }, data: emptied })
    await tx.attachment.deleteMany({ where: { messageId: message.id } })
  })
  return true
}

/** The Message-IDs of the mail that a bounce returns, whole or its header (RFC 3464, 2). */
async function returnedIds({ blobs }: { blobs: Pick<Blobs, 'read'> }, { rawHash }: MessageModel): Promise<string[]> {
  const source = (await blobs.read(rawHash)).toString('latin1', 0, longestNotice)
  return [...source.matchAll(/^message-id:\s*(<[^<>\s]{1,250}>)/gim)].slice(0, 20).map(([, found = '']) => found)
}
