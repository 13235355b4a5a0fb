import { fromInstant } from '#platform'
import type { SendDeps } from './send.ts'
import { changeState } from './settle-outbound.ts'

/**
 * Puts the copy of a sent mail into the mailbox's Sent folder, unless it stands there already. Throws when the mailbox cannot be
 * reached: the mail is sent all the same, and the job is tried again.
 */
export async function fileSentMail({ client, blobs, clock, account: accountOf, onStep }: SendDeps, outboundMailId: number): Promise<void> {
  const mail = await client.outboundMail.findUnique({ where: { id: outboundMailId }, include: { mailbox: true } })
  if (mail?.state !== 'sent' || mail.filedAt || !mail.rawHash || !mail.sentAt) return
  const account = accountOf(mail.mailbox.key)
  if (!account || account.sentCopy === 'server') return

  const mailbox = await account.openMailbox()
  try {
    await onStep?.('filing')
    // A process that died between filing and recording it leaves the copy behind.
    if (!(await mailbox.hasSent(mail.internetMessageId))) await mailbox.fileSent(await blobs.read(mail.rawHash), mail.sentAt)
    await onStep?.('appended')
  } finally {
    await mailbox.close()
  }
  const filedAt = fromInstant(clock.now())
  await client.$transaction(tx => changeState(tx, { id: mail.id, state: 'sent', filedAt: null }, { filedAt }, { event: 'mail.filed' }))
  await onStep?.('filed')
}
