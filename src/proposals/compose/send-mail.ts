import type { ProposalsDeps } from '../deps.ts'
import { enter } from '../entries/enter.ts'
import type { EntryOutcome } from '../entries/entry.ts'
import { draftMail } from './draft-mail.ts'

/** A mail that a colleague wrote on a form. `formKey`: unlike any other form's, so that one that is sent twice leaves once. */
export type MailToSend = {
  debtorId: number
  staffId: number
  surface: string
  formKey: string
  answers: number | null
  template: string
  language: string
  tone: string
  to: string[]
  subject: string
  text: string
}

/**
 * Sends a mail that a colleague wrote, by the rights and limits of every mail: it waits out the undo window in the outbox, or for a second
 * vote. Nothing of it is sent that the recipient lock or the outbound check refuses.
 */
export async function composeMail(deps: ProposalsDeps, { debtorId, staffId, surface, formKey, ...written }: MailToSend): Promise<EntryOutcome> {
  const outcome = await draftMail(deps.client, deps, { staffId, debtorId, choice: { ...written } })
  if (outcome.kind === 'not_found') return { kind: 'not_found' }
  if (outcome.kind !== 'draft') return refused(unsendable[outcome.kind])
  const { draft } = outcome
  const stranger = written.to.find(address => !draft.recipients.includes(address.toLowerCase()))
  if (stranger !== undefined) return refused(`${stranger} is neither in this conversation nor a verified contact of the debtor.`)
  if (draft.template === 'free' && written.text.trim() === draft.text.trim()) return refused('The mail has only a greeting and a closing: write it first.')
  const { answers, threadId, from, language, tone, to } = draft
  const content = {
    kind: 'mail' as const,
    mailboxId: from.id,
    answers,
    threadId,
    to,
    subject: written.subject,
    text: written.text,
    language,
    tone,
    attachments: [],
  }
  return enter(deps, { debtorId, staffId, surface, formKey, invoiceNumbers: [], content })
}

const unsendable = {
  no_mailbox: 'No mailbox is known that mails to this debtor leave from.',
  no_recipient: 'Nobody of this debtor can be written to.',
}

const refused = (text: string): EntryOutcome => ({ kind: 'invalid', problem: { code: 'mail_refused', text } })
