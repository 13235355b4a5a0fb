import { type Clock, type Db, type DbClient, fromInstant, type Queue, recordAudit } from '#platform'
import { mailReconcile } from './jobs.ts'

// A restored database does not know what was sent after its backup. The Sent folders do: until they have been read, and understood,
// nothing leaves, whoever approves it.

/** Why the mail of a mailbox is still held: `released` is what nothing stands in the way of any more. */
type Waiting = 'reading' | 'understanding' | 'no_sent_folder' | 'paused' | 'released'
export type SendingHold = { mailboxId: number; mailbox: string; since: Date; waitsFor: Waiting }

/** Holds the mail of every mailbox back, from a restore on. */
export async function holdSending(db: Db, clock: Clock): Promise<void> {
  // When a mailbox was read last is forgotten: whatever stands there afterwards was read after the restore.
  await db.mailbox.updateMany({ data: { heldSince: fromInstant(clock.now()), lastSyncAt: null } })
}

/** The mailboxes that hold mail back, with what each waits for; those that the settings do not name any more are left out. */
export async function sendingHolds(db: Db): Promise<SendingHold[]> {
  return db.$queryRaw<SendingHold[]>`
    SELECT b.id AS "mailboxId", b.key AS mailbox, b."heldSince" AS since, CASE
      WHEN b.status = 'paused' THEN 'paused'
      WHEN b."lastSyncAt" IS NULL THEN 'reading'
      WHEN NOT EXISTS (SELECT FROM "MailFolder" f WHERE f."mailboxId" = b.id AND f.role = 'sent') THEN 'no_sent_folder'
      WHEN EXISTS (SELECT FROM "Message" m WHERE m."mailboxId" = b.id AND m.status = 'received' AND NOT m.history) THEN 'understanding'
      ELSE 'released' END AS "waitsFor"
    FROM "Mailbox" b WHERE b."heldSince" IS NOT NULL AND b.status <> 'removed' ORDER BY b.key`
}

/**
 * Whether mail of this mailbox must wait: while it is held itself, or another one is that is read. A thread can be answered from another
 * mailbox than the one that it came to.
 */
export async function isSendingHeld(db: Db, mailboxId: number): Promise<boolean> {
  const held = { heldSince: { not: null }, OR: [{ id: mailboxId }, { status: { notIn: ['paused', 'removed'] } }] }
  return (await db.mailbox.findFirst({ where: held, select: { id: true } })) !== null
}

type ReleaseDeps = { client: DbClient; queue: Pick<Queue, 'send'> }

/** Lets the mailboxes go that have been read to their end since the restore, every mail of theirs understood; returns those that still hold. */
export async function releaseCaughtUp(deps: ReleaseDeps): Promise<SendingHold[]> {
  const holds = await sendingHolds(deps.client)
  for (const { mailbox, waitsFor } of holds) if (waitsFor === 'released') await releaseSending(deps, mailbox, 'duncan')
  return holds.filter(({ waitsFor }) => waitsFor !== 'released')
}

/**
 * Ends the hold of one mailbox, by a person's word or because it has caught up; false when it holds nothing. Mails that may have left
 * are looked for once more, now that the Sent folder is known.
 */
export function releaseSending({ client, queue }: ReleaseDeps, mailbox: string, actor: string): Promise<boolean> {
  return client.$transaction(async tx => {
    const [released] = await tx.mailbox.updateManyAndReturn({ where: { key: mailbox, heldSince: { not: null } }, data: { heldSince: null } })
    if (!released) return false
    await recordAudit(tx, { actor, event: 'mail.released', subject: `mailbox:${mailbox}` })
    const unknown = await tx.outboundMail.findMany({ where: { mailboxId: released.id, state: 'unknown' }, select: { id: true } })
    for (const { id } of unknown) await queue.send(tx, mailReconcile, { outboundMailId: id })
    return true
  })
}
