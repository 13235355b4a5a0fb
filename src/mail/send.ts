import { createHash } from 'node:crypto'
import { type Blobs, type Clock, type DbClient, DuncanError, fromInstant, type Log, type Ops, type OutboundMailModel, type Queue } from '#platform'
import { composeSource } from './compose-source.ts'
import { isSendingHeld } from './hold-sending.ts'
import { mailReconcile, mailSend } from './jobs.ts'
import type { MailProblem, MailProblems } from './mail-problem.ts'
import type { OpenMailbox } from './mailbox/mailbox.ts'
import type { OutboundAttachment } from './outbox.ts'
import { changeState, recordSent } from './settle-outbound.ts'
import type { MailTransport, Transmission } from './transports/transport.ts'

/** How mail leaves one mailbox. */
export type SendingAccount = {
  /** The name beside the mailbox's address in From. */
  fromName: string
  transport: MailTransport
  /** Who puts the copy into the Sent folder: Duncan, or the server by itself. */
  sentCopy: 'append' | 'server'
  /** Sends a blind copy to the mailbox itself: proof of what left where the server keeps no Sent folder. */
  selfBcc: boolean
  openMailbox: OpenMailbox
}

/** Where a process can die while a mail leaves, in order. Tests stop it there. */
export type SendStep = 'before_claim' | 'claimed' | 'accepted' | 'recorded' | 'filing' | 'appended' | 'filed'

export type SendDeps = {
  client: DbClient
  queue: Pick<Queue, 'send'>
  blobs: Blobs
  clock: Clock
  log: Log
  ops: Ops
  /** The account of a mailbox by its key; undefined when the settings name none. */
  account: (mailboxKey: string) => SendingAccount | undefined
  /** Why the mail of an action, or of an entry, must not leave any more, asked before each attempt; none: it may. */
  whyNotLeave?: ((actionId: number) => Promise<MailProblems>) | undefined
  whyEntryNotLeave?: ((entryId: number) => Promise<MailProblems>) | undefined
  onStep?: ((step: SendStep) => void | Promise<void>) | undefined
}

type MailWithMailbox = OutboundMailModel & { mailbox: { id: number; key: string; address: string } }

/** Minutes before the second attempt, the third ...; after the last one a mail that no server took is failed. */
const retryMinutes = [1, 2, 5, 15, 30, 60, 120]
/** How often a mail asks whether it may leave that a restore, or a full disk, holds back. */
const askAgain = { seconds: 30 } as const
/** How often a living sender says so, and from when on one that does not is taken for dead (see reconcile-sent.ts). */
const heartbeat = 15_000
export const deadAfter = { minutes: 1 } as const

/**
 * Makes one attempt to send a scheduled mail that is due; does nothing when it is not its turn. The claim is committed before
 * the first byte leaves, so that no crash and no second process can send it twice.
 */
export async function sendMail(deps: SendDeps, outboundMailId: number): Promise<void> {
  const { client, queue, clock, log, onStep } = deps
  const mail = await client.outboundMail.findUnique({ where: { id: outboundMailId }, include: { mailbox: true } })
  if (mail?.state !== 'scheduled') return
  if (mail.sendAfter > fromInstant(clock.now())) {
    // The database's clock, which wakes jobs, may run ahead of ours.
    return queue.send(client, mailSend, { outboundMailId }, { startAfter: mail.sendAfter })
  }
  if (await isSendingHeld(client, mail.mailboxId)) {
    return queue.send(client, mailSend, { outboundMailId }, { startAfter: fromInstant(clock.now().add(askAgain)) })
  }
  const objections = await objectionsTo(deps, mail)
  if (objections.length > 0) return giveUp(deps, mail, [{ code: 'stopped' }, ...objections])
  const prepared = await prepare(deps, mail)
  if (prepared.kind === 'later') return queue.send(client, mailSend, { outboundMailId }, { startAfter: fromInstant(clock.now().add(askAgain)) })
  if (prepared.kind === 'impossible') return giveUp(deps, mail, [prepared.problem])

  await onStep?.('before_claim')
  const attempt = mail.attempts + 1
  if (!(await claim(deps, mail, prepared.rawHash))) return
  await onStep?.('claimed')

  const { account, source } = prepared
  const recipients = [...mail.to, ...mail.cc, ...(account.selfBcc && !mail.private ? [mail.mailbox.address] : [])]
  const stopBeating = keepClaimFresh(deps, mail.id, attempt)
  const transmission = await account.transport.send(source, { from: mail.mailbox.address, recipients }).finally(stopBeating)
  log.info({ outboundMail: mail.id, attempt, outcome: transmission.kind }, 'an attempt to send a mail ended')
  if (transmission.kind === 'accepted') await onStep?.('accepted')
  await recordOutcome(deps, mail, attempt, transmission)
}

async function objectionsTo({ whyNotLeave, whyEntryNotLeave }: SendDeps, { actionId, entryId }: OutboundMailModel): Promise<MailProblems> {
  const problems = actionId !== null ? whyNotLeave?.(actionId) : entryId === null ? undefined : whyEntryNotLeave?.(entryId)
  return (await problems) ?? []
}

type Prepared = { kind: 'ready'; account: SendingAccount; source: Buffer; rawHash: string } | { kind: 'impossible'; problem: MailProblem } | { kind: 'later' }

/** The bytes of the mail: composed once and kept, so that a later attempt, the Sent folder and the thread have the same ones. */
async function prepare({ account: accountOf, blobs, clock }: SendDeps, mail: MailWithMailbox): Promise<Prepared> {
  const account = accountOf(mail.mailbox.key)
  if (!account) return { kind: 'impossible', problem: { code: 'no_server', mailbox: mail.mailbox.key } }
  if (mail.rawHash) {
    const source = await blobs.read(mail.rawHash).catch(() => undefined)
    // Composed anew it would be another mail under the same Message-ID.
    return source ? { kind: 'ready', account, source, rawHash: mail.rawHash } : { kind: 'impossible', problem: { code: 'source_missing' } }
  }
  try {
    const attachments = []
    for (const attachment of mail.attachments as OutboundAttachment[]) {
      const content = await blobs.read(attachment.hash).catch(() => undefined)
      if (!content) return { kind: 'impossible', problem: { code: 'attachment_missing', file: attachment.fileName } }
      // A debtor must get the very file that was shown when the mail was approved.
      const isSame = createHash('sha256').update(content).digest('hex') === attachment.hash
      if (!isSame) return { kind: 'impossible', problem: { code: 'attachment_damaged', file: attachment.fileName } }
      attachments.push({ ...attachment, content })
    }
    const from = { name: account.fromName, address: mail.mailbox.address }
    const source = await composeSource({ mail, from, date: fromInstant(clock.now()), attachments })
    const { hash } = await blobs.put(source)
    return { kind: 'ready', account, source, rawHash: hash }
  } catch (error) {
    if (error instanceof DuncanError && error.code === 'disk.full') return { kind: 'later' }
    if (error instanceof DuncanError) return { kind: 'impossible', problem: { code: 'said', text: error.message } }
    throw error
  }
}

/** Takes the mail for this attempt, in one statement; its look after a crash is enqueued with it. */
function claim({ client, queue, clock }: SendDeps, mail: MailWithMailbox, rawHash: string): Promise<boolean> {
  const now = clock.now()
  return client.$transaction(async tx => {
    const where = { id: mail.id, state: 'scheduled', attempts: mail.attempts }
    const attempt = mail.attempts + 1
    const claimed = await changeState(tx, where, { state: 'sending', claimedAt: fromInstant(now), attempts: attempt, rawHash }, { event: 'mail.sending' })
    if (!claimed) return false
    await queue.send(tx, mailReconcile, { outboundMailId: mail.id }, { startAfter: fromInstant(now.add({ seconds: 75 })) })
    return true
  })
}

/** A large mail on a slow line takes longer than the dead are waited for. */
function keepClaimFresh({ client, clock, log }: SendDeps, id: number, attempts: number): () => void {
  const beat = () => client.outboundMail.updateMany({ where: { id, state: 'sending', attempts }, data: { claimedAt: fromInstant(clock.now()) } })
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.warn({ outboundMail: id, err: error }, 'a claim could not be kept fresh'))
  }, heartbeat)
  return () => clearInterval(timer)
}

async function recordOutcome(deps: SendDeps, mail: MailWithMailbox, attempt: number, transmission: Transmission): Promise<void> {
  const key = `smtp:${mail.mailbox.key}`
  switch (transmission.kind) {
    case 'accepted': {
      const { refused: addresses } = transmission
      await recordSent(deps, mail.id, { attempt, problems: addresses.length > 0 ? [{ code: 'refused_for', addresses }] : [] })
      await deps.onStep?.('recorded')
      return deps.ops.resolve(key)
    }
    case 'lost':
      await settle(deps, mail, attempt, 'unknown', { code: 'connection_broke', answer: transmission.problem })
      return
    case 'refused':
      if (transmission.permanent) return void (await settle(deps, mail, attempt, 'failed', { code: 'server_refused', answer: transmission.problem }))
      return retryLater(deps, mail, attempt, { code: 'server_refused', answer: transmission.problem })
  }
}

/** Back to `scheduled` with the next attempt in the same transaction, or failed when the attempts are used up. */
async function retryLater(deps: SendDeps, mail: MailWithMailbox, attempt: number, problem: MailProblem): Promise<void> {
  const { client, queue, clock, ops } = deps
  const minutes = retryMinutes[attempt - 1]
  if (minutes === undefined) {
    await settle(deps, mail, attempt, 'failed', problem)
  } else {
    const sendAfter = fromInstant(clock.now().add({ minutes }))
    await client.$transaction(async tx => {
      const back = await changeState(
        tx,
        { id: mail.id, state: 'sending', attempts: attempt },
        { state: 'scheduled', sendAfter, problem: [problem] },
        { event: 'mail.delayed' },
      )
      if (back) await queue.send(tx, mailSend, { outboundMailId: mail.id }, { startAfter: sendAfter })
    })
  }
  // The first delay is everyday life (greylisting); from the second on a person should know.
  if (attempt === 1) return
  await ops.raise({
    key: `smtp:${mail.mailbox.key}`,
    problem: `Mail from the mailbox ${mail.mailbox.key} is not accepted by its server.`,
    remedy: 'Run `duncan doctor`: it checks the connection, the certificate and the password. Mails that failed can be sent again from their cards.',
  })
}

const settle = ({ client, queue }: SendDeps, mail: MailWithMailbox, attempts: number, state: 'failed' | 'unknown', problem: MailProblem) =>
  client.$transaction(tx =>
    changeState(tx, { id: mail.id, state: 'sending', attempts }, { state, problem: [problem] }, { event: `mail.${state}`, settled: queue }),
  )

/** Fails a mail that is due and whose job is dead: nobody would send it any more. One that is being sent or tried later is left alone. */
export async function abandonMail({ client, queue, clock }: Pick<SendDeps, 'client' | 'queue' | 'clock'>, id: number, fault: string): Promise<void> {
  const due = { id, state: 'scheduled', sendAfter: { lte: fromInstant(clock.now()) } }
  await client.$transaction(tx => changeState(tx, due, { state: 'failed', problem: [{ code: 'job_failed', fault }] }, { event: 'mail.failed', settled: queue }))
}

/** Fails a mail that cannot even be tried, or must not leave any more. */
async function giveUp({ client, queue }: SendDeps, mail: MailWithMailbox, problems: MailProblems): Promise<void> {
  await client.$transaction(tx =>
    changeState(tx, { id: mail.id, state: 'scheduled' }, { state: 'failed', problem: [...problems] }, { event: 'mail.failed', settled: queue }),
  )
}
