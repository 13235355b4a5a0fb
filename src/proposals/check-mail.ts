import { parse } from 'node:path'
import { checkOutbound, findLinks, reminderTemplates } from '#drafting'
import { searchNumber } from '#ledger'
import { ownLinksIn } from '#payments'
import type { Db } from '#platform'
import type { ActionPayload } from './action.ts'
import type { Problem } from './problem.ts'
import { loadRecipientLock, type RecipientLock, whyNotReceive } from './recipients.ts'

/** `alsoDebtorIds`: others of its central file whose figures it tells. */
type Subject = { messageId: number | null; threadId: number | null; debtorId: number | null; alsoDebtorIds?: readonly number[] }
type Mail = ActionPayload<'send_reply'>

/** Why this mail may not leave: recipients outside the lock, files of another debtor, words that no reply may hold. */
export async function checkMail(db: Db, subject: Subject, mail: Mail): Promise<Problem[]> {
  const lock = await loadRecipientLock(db, subject)
  const { debtorId, alsoDebtorIds = [] } = subject
  const debtorIds = debtorId === null ? [] : [debtorId, ...alsoDebtorIds]
  return [
    ...lockedRecipients(lock, mail),
    ...(await foreignAttachments(db, debtorIds, mail)),
    ...(await checkOutbound(db, {
      subject: mail.subject,
      text: mail.text,
      debtorId,
      alsoDebtorIds,
      amounts: mail.amounts,
      days: mail.days,
      ownAccounts: await accountsToTell(db, debtorIds, mail.template),
      ownLinks: await ownLinksIn(db, findLinks(mail.text), debtorIds),
    })),
  ]
}

/** The accounts that an answer about payment details, or a reminder, may name: of these debtors' administrations as the settings have them now, and no others. */
async function accountsToTell(db: Db, debtorIds: readonly number[], template: string): Promise<string[]> {
  const tells = template.split('+').some(name => name === 'payment_account' || reminderTemplates.some(reminder => reminder === name.split('.')[0]))
  if (!tells) return []
  const administrations = await db.administration.findMany({ where: { debtors: { some: { id: { in: [...debtorIds] } } } }, select: { iban: true } })
  return administrations.flatMap(({ iban }) => iban ?? [])
}

const lockedRecipients = (lock: RecipientLock, { to, cc }: Mail): Problem[] => [...to, ...cc].flatMap(address => whyNotReceive(lock, address) ?? [])

/** A file goes out only as the copy of an invoice of these debtors, under that invoice's number. */
async function foreignAttachments(db: Db, debtorIds: readonly number[], { attachments }: Mail): Promise<Problem[]> {
  if (attachments.length === 0) return []
  const ids = attachments.flatMap(({ invoiceId }) => (invoiceId === undefined ? [] : [invoiceId]))
  const own = await db.invoice.findMany({ where: { debtorId: { in: [...debtorIds] }, id: { in: ids } }, select: { id: true, searchNumber: true } })
  const isOwn = ({ fileName, invoiceId }: Mail['attachments'][number]) =>
    own.some(({ id, searchNumber: number }) => id === invoiceId && number === searchNumber(parse(fileName).name))
  return attachments.filter(file => !isOwn(file)).map(({ fileName: file }) => ({ code: 'foreign_attachment', file }))
}
