import { parse } from 'node:path'
import { checkOutbound, reminderTemplates } from '#drafting'
import { searchNumber } from '#ledger'
import type { Db } from '#platform'
import type { ActionPayload } from './action.ts'
import type { Problem } from './proposal.ts'
import { loadRecipientLock, type RecipientLock, whyNotReceive } from './recipients.ts'

type Subject = { messageId: number | null; threadId: number | null; debtorId: number | null }
type Mail = ActionPayload<'send_reply'>

/** Why this mail may not leave: recipients outside the lock, files of another debtor, words that no reply may hold. */
export async function checkMail(db: Db, subject: Subject, mail: Mail): Promise<Problem[]> {
  const lock = await loadRecipientLock(db, subject)
  return [
    ...lockedRecipients(lock, mail),
    ...(await foreignAttachments(db, subject.debtorId, mail)),
    ...(await checkOutbound(db, {
      subject: mail.subject,
      text: mail.text,
      debtorId: subject.debtorId,
      amounts: mail.amounts,
      days: mail.days,
      ownAccounts: await accountsToTell(db, subject.debtorId, mail.template),
    })),
  ]
}

/** The account that an answer about payment details, or a reminder, may name: as the settings have it now, and no other. */
async function accountsToTell(db: Db, debtorId: number | null, template: string): Promise<string[]> {
  const tells = template.split('+').some(name => name === 'payment_account' || reminderTemplates.some(reminder => reminder === name.split('.')[0]))
  if (debtorId === null || !tells) return []
  const debtor = await db.debtor.findUnique({ where: { id: debtorId }, select: { administration: { select: { iban: true } } } })
  return debtor?.administration.iban ? [debtor.administration.iban] : []
}

const lockedRecipients = (lock: RecipientLock, { to, cc }: Mail): Problem[] =>
  [...to, ...cc].flatMap(address => {
    const text = whyNotReceive(lock, address)
    return text === undefined ? [] : [{ code: 'recipient_locked', text }]
  })

/** A file goes out only as the copy of an invoice of this debtor, under that invoice's number. */
async function foreignAttachments(db: Db, debtorId: number | null, { attachments }: Mail): Promise<Problem[]> {
  if (attachments.length === 0) return []
  const ids = attachments.flatMap(({ invoiceId }) => (invoiceId === undefined ? [] : [invoiceId]))
  const own = debtorId === null ? [] : await db.invoice.findMany({ where: { debtorId, id: { in: ids } }, select: { id: true, searchNumber: true } })
  const isOwn = ({ fileName, invoiceId }: Mail['attachments'][number]) =>
    own.some(({ id, searchNumber: number }) => id === invoiceId && number === searchNumber(parse(fileName).name))
  return attachments
    .filter(file => !isOwn(file))
    .map(({ fileName }) => ({ code: 'foreign_attachment', text: `${fileName} is not the copy of an invoice of this debtor.` }))
}
