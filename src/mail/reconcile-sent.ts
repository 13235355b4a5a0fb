import { type Db, fromInstant, type OutboundMailModel, Prisma, toInstant } from '#platform'
import { mailReconcile, mailSend } from './jobs.ts'
import type { MailProblem } from './mail-problem.ts'
import { deadAfter, type SendDeps } from './send.ts'
import { changeState, recordSent, recordSentIn, type SentDeps } from './settle-outbound.ts'

/** How long, and how often, the copy of an unknown mail is waited for: servers that fill the Sent folder may take their time. */
const lookFor = { minutes: 60 } as const
const lookEvery = { minutes: 5 } as const

/**
 * Looks after a mail whose sending began a while ago. One left `sending` by a dead process becomes unknown; an unknown one becomes
 * sent when its copy is found. It is never sent again from here: a person decides that (`resolveUnknown`).
 */
export async function reconcileMail(deps: SendDeps, outboundMailId: number): Promise<void> {
  const { client, queue, clock } = deps
  const look = () => client.outboundMail.findUnique({ where: { id: outboundMailId }, include: { mailbox: true } })
  const lookAgain = (after: { seconds: number } | { minutes: number }) =>
    queue.send(client, mailReconcile, { outboundMailId }, { startAfter: fromInstant(clock.now().add(after)) })

  let mail = await look()
  if (mail?.state === 'sending') {
    if (!(await declareDead(deps, mail))) return lookAgain({ seconds: 75 })
    mail = await look()
  }
  if (mail?.state !== 'unknown') return
  if (await hasLeft(deps, mail)) return void (await recordSent(deps, mail.id, { event: 'mail.found', from: ['unknown'] }))
  const since = mail.claimedAt && toInstant(mail.claimedAt)
  if (since && clock.now().since(since).total('minutes') < lookFor.minutes) await lookAgain(lookEvery)
}

/** Makes a mail unknown whose sender has not said for a minute that it lives. */
function declareDead({ client, queue, clock }: SendDeps, { id, attempts }: OutboundMailModel): Promise<boolean> {
  const isDead = { id, state: 'sending', attempts, claimedAt: { lt: fromInstant(clock.now().subtract(deadAfter)) } }
  return client.$transaction(tx =>
    changeState(tx, isDead, { state: 'unknown', problem: [{ code: 'ended_leaving' } satisfies MailProblem] }, { event: 'mail.unknown', settled: queue }),
  )
}

/** Whether a copy proves that the mail was accepted: one that a sync met (Sent folder, blind copy), or one in the Sent folder now. */
async function hasLeft({ client, account: accountOf }: SendDeps, mail: OutboundMailModel & { mailbox: { key: string } }): Promise<boolean> {
  const { mailboxId, internetMessageId } = mail
  if (await client.message.findFirst({ where: { mailboxId, internetMessageId }, select: { id: true } })) return true
  const account = accountOf(mail.mailbox.key)
  // A Sent folder that only Duncan fills can prove nothing: it files after it recorded.
  if (account?.sentCopy !== 'server') return false
  const mailbox = await account.openMailbox()
  try {
    return await mailbox.hasSent(internetMessageId)
  } finally {
    await mailbox.close()
  }
}

/** What a person says of a mail that stands unknown: it was sent; it was not, send it again (also a failed one); it shall not be. */
export type UnknownVerdict = 'sent' | 'resend' | 'give_up'

/**
 * Follows a person's word on a mail that stands unknown, in the caller's transaction. Sent again it has the same bytes and
 * Message-ID, so that a receiver who has it can tell. Returns false when it does not stand so (any more).
 */
export async function resolveUnknown(tx: Db, deps: Omit<SentDeps, 'client'>, id: number, verdict: UnknownVerdict, staffId: number): Promise<boolean> {
  const actor = `staff:${staffId}`
  const { queue, clock } = deps
  switch (verdict) {
    case 'sent':
      return recordSentIn(tx, deps, id, { actor, event: 'mail.declared_sent', from: ['unknown'] })
    case 'give_up': {
      const given = { state: 'failed', problem: [{ code: 'given_up' } satisfies MailProblem] }
      return changeState(tx, { id, state: 'unknown' }, given, { event: 'mail.given_up', actor, settled: queue })
    }
    case 'resend': {
      const back = { state: 'scheduled', sendAfter: fromInstant(clock.now()), problem: Prisma.DbNull }
      if (!(await changeState(tx, { id, state: { in: ['unknown', 'failed'] } }, back, { event: 'mail.sent_again', actor }))) return false
      await queue.send(tx, mailSend, { outboundMailId: id })
      return true
    }
    default:
      return verdict satisfies never
  }
}
