import { z } from 'zod'
import type { OwnTemplates } from '#drafting'
import { amountsIn, type DraftLanguage, draftReply } from '#drafting'
import { tones } from '#ledger'
import type { Clock, Db } from '#platform'
import type { ReplySection } from '../proposal.ts'
import { writeTo } from './write-to.ts'

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

/** The mail for a follow-up: an answer to the mail that it goes back to, else a new one; null where nobody can be written to. */
export async function draftFollowUp(
  { db, clock, timeZone, templates, debtor }: Drafting,
  section: ReplySection,
  messageId: number | null,
): Promise<FollowUpMail | null> {
  // A conversation that was moved to another debtor is not the place for this one's figures.
  const message = messageId === null ? null : await db.message.findFirst({ where: { id: messageId, debtorId: debtor.id } })
  const written = await writeTo({ db, clock, timeZone }, debtor, message)
  if (!written) return null
  const { mailboxId, to, contactName, language, tone } = written
  const frame = {
    language,
    tone,
    subject: message?.subject ?? '',
    contactName,
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
