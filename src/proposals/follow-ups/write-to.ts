import type { Temporal } from 'temporal-polyfill'
import { type DraftLanguage, draftLanguage } from '#drafting'
import type { Tone } from '#ledger'
import { type ContactModel, type Db, fromPlainDate, type MessageModel } from '#platform'
import { chooseRecipients, loadRecipientLock, mayReceive } from '../recipients.ts'
import { type ToneDeps, toneOf } from '../tone-of.ts'

export type WrittenTo = { mailboxId: number; to: string[]; contactName: string | undefined; language: DraftLanguage; tone: Tone }

type Addressed = { id: number; language: string | null; administration: { language: string } }

/**
 * From where and to whom Duncan writes to a debtor, in which language and tone: who wrote the mail that is answered, else a verified contact that is
 * not away where there is one, from the mailbox that the debtor last wrote to, or the only one there is; null where nobody can be written to.
 */
export async function writeTo({ db, ...tone }: ToneDeps & { db: Db }, debtor: Addressed, message: MessageModel | null): Promise<WrittenTo | null> {
  const mailboxId = message?.mailboxId ?? (await mailboxFor(db, debtor.id))
  if (mailboxId === undefined) return null
  const contacts = await db.contact.findMany({ where: { debtorId: debtor.id, verified: true, email: { not: null } }, orderBy: { id: 'asc' } })
  const here = presentFirst(contacts, tone.clock.today(tone.timeZone))
  const lock = await loadRecipientLock(db, { messageId: message?.id ?? null, threadId: message?.threadId ?? null, debtorId: debtor.id })
  const answered = message && chooseRecipients(lock, { from: message.fromAddress?.toLowerCase(), replyTo: message.replyTo, to: message.to, cc: message.cc }).to
  const contact = here.find(({ email }) => email !== null && mayReceive(lock, email))
  const to = answered && answered.length > 0 ? answered : contact?.email ? [contact.email] : []
  if (to.length === 0) return null
  const known = contacts.find(({ email }) => email === to[0])
  const language = draftLanguage(known?.language ?? debtor.language ?? debtor.administration.language)
  return { mailboxId, to, contactName: known?.name ?? undefined, language, tone: await toneOf(db, tone, debtor.id) }
}

/** Who is there today before who is away, the stand-ins of the latter first of all; of those who are away who is back first. */
function presentFirst(contacts: ContactModel[], today: Temporal.PlainDate): ContactModel[] {
  const awayUntil = ({ absentUntil }: ContactModel) => (absentUntil && absentUntil >= fromPlainDate(today) ? absentUntil.getTime() : 0)
  const standIns = new Set(contacts.filter(awayUntil).map(({ standIn }) => standIn?.toLowerCase()))
  const isStandIn = ({ email }: ContactModel) => Number(email !== null && standIns.has(email))
  return contacts.toSorted((a, b) => awayUntil(a) - awayUntil(b) || isStandIn(b) - isStandIn(a))
}

async function mailboxFor(db: Db, debtorId: number): Promise<number | undefined> {
  const newest = await db.message.findFirst({ where: { debtorId }, orderBy: { id: 'desc' }, select: { mailboxId: true } })
  if (newest) return newest.mailboxId
  const [only, ...others] = await db.mailbox.findMany({ where: { status: { not: 'removed' } }, orderBy: { id: 'asc' }, take: 2, select: { id: true } })
  return others.length === 0 ? only?.id : undefined
}
