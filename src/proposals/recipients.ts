import { z } from 'zod'
import type { Db } from '#platform'
import type { Problem } from './problem.ts'

/** Who a reply about one message may go to: nobody but participants of its thread and verified contacts of its debtor. */
export type RecipientLock = {
  participants: ReadonlySet<string>
  verified: ReadonlySet<string>
  /** Duncan's own mailboxes and addresses that bounced for good: never, whatever else they are. */
  barred: ReadonlySet<string>
}

type Envelope = { from: string | undefined; replyTo: string[]; to: string[]; cc: string[] }

/** Whether a reply may go to this address. */
export function mayReceive(lock: RecipientLock, address: string): boolean {
  const known = lock.participants.has(address.toLowerCase()) || lock.verified.has(address.toLowerCase())
  return known && !lock.barred.has(address.toLowerCase()) && z.email().safeParse(address).success
}

/** Why a reply may not go to this address; undefined when it may. */
export function whyNotReceive(lock: RecipientLock, address: string): Problem | undefined {
  if (mayReceive(lock, address)) return undefined
  if (lock.barred.has(address.toLowerCase())) return { code: 'recipient_barred', address }
  return { code: 'recipient_unknown', address }
}

/**
 * To whom a reply goes at first: the sender, or where they ask for it in Reply-To; in copy who was in copy. A Reply-To of another
 * domain than the sender's is a known fraud and counts only when it is a verified contact already.
 */
export function chooseRecipients(lock: RecipientLock, message: Envelope): { to: string[]; cc: string[]; ignoredReplyTo: string[] } {
  const { from } = message
  const isTrusted = (address: string) =>
    mayReceive(lock, address) && (lock.verified.has(address) || (from !== undefined && domainOf(address) === domainOf(from)))
  const wished = unique(message.replyTo.map(lower))
  const replyTo = wished.filter(isTrusted)
  const sender = from && mayReceive(lock, from) && !isUnattended(from) ? [lower(from)] : []
  const to = replyTo.length > 0 ? replyTo : sender
  const ignoredReplyTo = wished.filter(address => !to.includes(address))
  // Whoever asked in vain to be answered is not let in by the back door of the copies either.
  const isLeftOut = (address: string) => to.includes(address) || ignoredReplyTo.includes(address) || isUnattended(address)
  const copies = unique([...message.to, ...message.cc].map(lower)).filter(address => mayReceive(lock, address) && !isLeftOut(address))
  return { to, cc: to.length > 0 ? copies : [], ignoredReplyTo }
}

/** Loads the lock of a message: everyone in its thread, and the contacts of its debtor that mail may be sent to. */
export async function loadRecipientLock(
  db: Db,
  subject: { messageId: number | null; threadId: number | null; debtorId: number | null },
  also?: Envelope,
): Promise<RecipientLock> {
  const where = subject.threadId === null ? { id: { in: subject.messageId === null ? [] : [subject.messageId] } } : { threadId: subject.threadId }
  const messages = await db.message.findMany({ where, select: { fromAddress: true, to: true, cc: true } })
  const contacts =
    subject.debtorId === null
      ? []
      : await db.contact.findMany({ where: { debtorId: subject.debtorId, verified: true, email: { not: null } }, select: { email: true } })
  const mailboxes = await db.mailbox.findMany({ select: { address: true } })
  const envelopes = messages.flatMap(({ fromAddress, to, cc }) => [fromAddress, ...to, ...cc])
  const participants = addresses([...envelopes, also?.from, ...(also?.to ?? []), ...(also?.cc ?? [])])
  const verified = addresses(contacts.map(({ email }) => email))
  const stopped = await db.contact.findMany({ where: { emailStatus: 'bounced', email: { in: [...participants, ...verified] } }, select: { email: true } })
  return { participants, verified, barred: addresses([...stopped.map(({ email }) => email), ...mailboxes.map(({ address }) => address)]) }
}

const addresses = (list: (string | null | undefined)[]): Set<string> => new Set(list.filter(address => address !== null && address !== undefined).map(lower))
const lower = (address: string) => address.trim().toLowerCase()
const unique = (list: string[]) => [...new Set(list)]
const domainOf = (address: string) => address.toLowerCase().split('@').at(-1)
const isUnattended = (address: string) => /^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)(?:[+._-][^@]*)?@/i.test(address)
