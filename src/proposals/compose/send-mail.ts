import { searchNumber } from '#ledger'
import type { ProposalsDeps } from '../deps.ts'
import { enter } from '../entries/enter.ts'
import type { EntryOutcome } from '../entries/entry.ts'
import type { InvoiceCopy } from '../invoice-copies.ts'
import type { Problem } from '../problem.ts'
import { draftMail } from './draft-mail.ts'

/**
 * A mail that a colleague wrote on a form. `copies`: numbers of the debtor's invoices whose copies go with it. `formKey`: unlike any other form's,
 * so that one that is sent twice leaves once.
 */
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
  cc: string[]
  copies: string[]
  subject: string
  text: string
}

const mostCopies = 20

/**
 * Sends a mail that a colleague wrote, by the rights and limits of every mail: it waits out the undo window in the outbox, or for a second
 * vote. Nothing of it is sent that the recipient lock or the outbound check refuses.
 */
export async function composeMail(deps: ProposalsDeps, { debtorId, staffId, surface, formKey, ...written }: MailToSend): Promise<EntryOutcome> {
  const outcome = await draftMail(deps.client, deps, { staffId, debtorId, choice: { ...written } })
  if (outcome.kind === 'not_found') return { kind: 'not_found' }
  if (outcome.kind !== 'draft') return refused({ code: outcome.kind })
  const { draft } = outcome
  const stranger = [...written.to, ...written.cc].find(address => !draft.recipients.includes(address.toLowerCase()))
  if (stranger !== undefined) return refused({ code: 'recipient_unknown', address: stranger })
  if (draft.template === 'free' && written.text.trim() === draft.text.trim()) return refused({ code: 'greeting_only' })
  const copies = await copiesOf(deps, debtorId, written.copies)
  if ('kind' in copies) return copies
  const { answers, threadId, from, language, tone, to, cc } = draft
  const { subject, text } = written
  const letter = { to, cc, subject, text, language, tone, attachments: copies, invoiceIds: [] }
  return enter(deps, { debtorId, staffId, surface, formKey, invoiceNumbers: [], content: { kind: 'mail', mailboxId: from.id, answers, threadId, ...letter } })
}

/** The copies of a debtor's own invoices, in the order of their numbers as typed; what is wrong with these where one is not its own, or has no file. */
async function copiesOf({ client, findCopy }: ProposalsDeps, debtorId: number, typed: string[]): Promise<InvoiceCopy[] | EntryOutcome> {
  if (typed.length > mostCopies) return refused({ code: 'too_many_copies', most: mostCopies })
  const invoices = await client.invoice.findMany({
    where: { debtorId, searchNumber: { in: typed.map(searchNumber) } },
    include: { administration: { select: { code: true } } },
    orderBy: { id: 'asc' },
  })
  const wanted = typed.map(number => ({ number, invoice: invoices.find(each => each.searchNumber === searchNumber(number)) }))
  const unknown = wanted.flatMap(({ number, invoice }) => (invoice ? [] : [number]))
  if (unknown.length > 0) return { kind: 'invalid', problem: { code: 'unknown_invoices', numbers: unknown } }
  const copies: InvoiceCopy[] = []
  for (const invoice of new Set(wanted.flatMap(each => each.invoice ?? []))) {
    const { id, number, administration } = invoice
    const copy = await findCopy(client, { id, number, debtorId, administrationCode: administration.code })
    if (!copy) return refused({ code: 'no_copy', number })
    copies.push(copy)
  }
  return copies
}

const refused = (problem: Problem): EntryOutcome => ({ kind: 'invalid', problem: { code: 'mail_refused', problems: [problem] } })
