import { z } from 'zod'
import { type OutboundDraft, scheduleMail } from '#mail'
import type { EntryMail, EntryWork } from './kinds/kind.ts'
import { newestMessage } from './newest-message.ts'

/** What an entry keeps of its mail. `lastMessageId`: the newest mail that was there when a person decided that it leaves. */
export const sentSchema = z.object({ outboundMailId: z.int(), lastMessageId: z.int().optional() })

type Letter = Pick<OutboundDraft, 'cc' | 'subject' | 'text' | 'html' | 'attachments' | 'alsoDebtorIds'>

/** Puts the mail of an entry into the outbox, where it waits out the undo window; returns what its kind keeps of it. */
export async function scheduleEntryMail(
  { tx, debtor, leaves, deps }: EntryWork,
  entryId: number,
  { mailboxId, answers, threadId, to }: EntryMail,
  letter: Letter,
): Promise<z.infer<typeof sentSchema>> {
  const { id } = await scheduleMail(tx, deps.queue, {
    ...letter,
    to,
    mailboxId,
    entryId,
    answers: answers ?? undefined,
    threadId: threadId ?? undefined,
    debtorId: debtor.id,
    automatic: leaves.automatic,
    sendAfter: leaves.at,
  })
  return { outboundMailId: id, lastMessageId: await newestMessage(tx) }
}
