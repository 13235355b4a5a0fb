import { z } from 'zod'
import type { OwnTemplates } from '#drafting'
import { amountsIn, type DraftLanguage, draftLanguage, draftReply } from '#drafting'
import { type Tone, tones } from '#ledger'
import type { Clock, Db } from '#platform'
import type { ReplySection } from '../proposal.ts'
import { chooseRecipients, loadRecipientLock, mayReceive } from '../recipients.ts'
import { toneOf } from '../tone-of.ts'

/** A mail that follows something up, as an entry keeps it. `written`: a person wrote its text. `amounts`: the only ones that it may name. */
export const followUpMailSchema = z.object({
  mailboxId: z.int(),
  /** The mail that it answers; null: it starts a conversation. */
  messageId: z.int().nullable(),
  threadId: z.int().nullable(),
  to: z.array(z.email()).min(1),
  subject: z.string(),
  text: z.string(),
  language: z.string(),
  tone: z.enum(tones),
  amounts: z.array(z.string()),
  written: z.boolean(),
})
export type FollowUpMail = z.infer<typeof followUpMailSchema>

type FollowUpDebtor = {
  id: number
  language: string | null
  administration: { name: string; language: string }
}

type Drafting = { db: Db; clock: Clock; timeZone: string; templates: OwnTemplates; debtor: FollowUpDebtor }

/** What a mail without a conversation is headed with. */
const subjects: Record<DraftLanguage, string> = {
  en: 'Your open invoices',
  nl: 'Uw openstaande facturen',
  de: 'Ihre offenen Rechnungen',
  fr: 'Vos factures en attente',
  pl: 'Otwarte faktury',
}

const disputeSubjects: Record<DraftLanguage, string> = {
  en: 'Your complaint',
  nl: 'Uw klacht',
  de: 'Ihre Reklamation',
  fr: 'Votre réclamation',
  pl: 'Państwa reklamacja',
}

/**
 * The mail for a follow-up: an answer to the mail that it goes back to, else one to a verified contact from the mailbox that the debtor last wrote to,
 * or the only one there is; null where nobody can be written to.
 */
export async function draftFollowUp(
  { db, clock, timeZone, templates, debtor }: Drafting,
  section: ReplySection,
  messageId: number | null,
): Promise<FollowUpMail | null> {
  // A conversation that was moved to another debtor is not the place for this one's figures.
  const message = messageId === null ? null : await db.message.findFirst({ where: { id: messageId, debtorId: debtor.id } })
  const mailboxId = message?.mailboxId ?? (await mailboxFor(db, debtor.id))
  if (mailboxId === undefined) return null
  const contacts = await db.contact.findMany({ where: { debtorId: debtor.id, verified: true, email: { not: null } }, orderBy: { id: 'asc' } })
  const lock = await loadRecipientLock(db, { messageId: message?.id ?? null, threadId: message?.threadId ?? null, debtorId: debtor.id })
  const answered = message && chooseRecipients(lock, { from: message.fromAddress?.toLowerCase(), replyTo: message.replyTo, to: message.to, cc: message.cc }).to
  const contact = contacts.find(({ email }) => email !== null && mayReceive(lock, email))
  const to = answered && answered.length > 0 ? answered : contact?.email ? [contact.email] : []
  if (to.length === 0) return null

  const known = contacts.find(({ email }) => email === to[0])
  const language = draftLanguage(known?.language ?? debtor.language ?? debtor.administration.language)
  const tone: Tone = await toneOf(db, { clock, timeZone }, debtor.id)
  const frame = {
    language,
    tone,
    subject: message?.subject ?? '',
    contactName: known?.name ?? undefined,
    administration: debtor.administration.name,
    templates,
  }
  const heading = section.template === 'dispute_decided' ? disputeSubjects : subjects
  const { subject, text } = draftReply(frame, [section])
  return {
    mailboxId,
    messageId: message?.id ?? null,
    threadId: message?.threadId ?? null,
    to,
    subject: message ? subject : heading[language],
    text,
    language,
    tone,
    amounts: amountsIn([section]),
    written: false,
  }
}

async function mailboxFor(db: Db, debtorId: number): Promise<number | undefined> {
  const newest = await db.message.findFirst({ where: { debtorId }, orderBy: { id: 'desc' }, select: { mailboxId: true } })
  if (newest) return newest.mailboxId
  const [only, ...others] = await db.mailbox.findMany({ where: { status: { not: 'removed' } }, orderBy: { id: 'asc' }, take: 2, select: { id: true } })
  return others.length === 0 ? only?.id : undefined
}
