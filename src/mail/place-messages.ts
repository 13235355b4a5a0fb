import { learnContacts } from '#ledger'
import type { Db } from '#platform'
import { type DebtorLink, type LinkableMessage, linkDebtors } from './link-debtor.ts'
import type { ReadMail, ReceivingMailbox } from './receive.ts'
import { joinThreads, linkThreads } from './threads.ts'

export type ArrivedMessage = ReadMail & { receivedAt: Date; history: boolean; direction: 'in' | 'out' }
export type PlacedMessage = ArrivedMessage & { threadId: number; link: DebtorLink }

/** Finds the conversation and the debtor of each message of a batch; same order, a fixed number of statements. */
export async function placeMessages(tx: Db, mailbox: ReceivingMailbox, messages: ArrivedMessage[]): Promise<PlacedMessage[]> {
  if (messages.length === 0) return []
  const threadIds = await joinThreads(tx, mailbox.id, messages.map(threadable))
  const administrationIds = await administrationsOf(tx, mailbox)
  const linkable = messages.map(message => ({ ...linkableOf(message), ...(administrationIds && { administrationIds }) }))
  const before = await debtorsOfThreads(tx, threadIds)
  const links = await linkDebtors(
    tx,
    linkable.map((message, at) => ({ ...message, threadDebtorId: before.get(threadIds[at] ?? 0) })),
  )
  await linkThreads(
    tx,
    links.flatMap((link, at) => (link.kind === 'linked' ? [{ threadId: threadIds[at] ?? 0, debtorId: link.debtorId }] : [])),
  )
  await linkByNewThreads(tx, threadIds, linkable, links)
  await learnContacts(
    tx,
    await withoutColleagues(
      tx,
      messages.flatMap((message, at) => contactsWrittenTo(mailbox, message, links[at])),
    ),
  )
  return messages.map((message, at) => ({ ...message, threadId: threadIds[at] ?? 0, link: links[at] ?? { kind: 'unknown' } }))
}

const mostRecipients = 5 // a mail to more people is a circular, and says little about whose they are

/** Whom a colleague wrote to, and about which debtors; our own people are nobody's contacts. */
function contactsWrittenTo({ ownAddresses }: ReceivingMailbox, { direction, mail }: ArrivedMessage, link: DebtorLink | undefined) {
  if (direction !== 'out' || mail.to.length > mostRecipients) return []
  const ownDomains = new Set([...ownAddresses].map(domainOf))
  const outsiders = mail.to.filter(({ address }) => !ownDomains.has(domainOf(address)))
  return debtorsSpokenOf(link).flatMap(debtorId => outsiders.map(({ address, name }) => ({ debtorId, email: address, name })))
}

/** The debtor of a message; where the recipient's debtor and a named invoice's differ, both: an accountant works for several. */
function debtorsSpokenOf(link: DebtorLink | undefined): number[] {
  if (link?.kind === 'linked') return [link.debtorId]
  if (link?.kind !== 'ambiguous') return []
  return link.candidates.filter(({ reasons }) => reasons.some(reason => reason !== 'name')).map(({ debtorId }) => debtorId)
}

/** Duncan's own mails to colleagues speak of debtors as well, and not all colleagues have addresses of the mailbox's domain. */
async function withoutColleagues<C extends { email: string }>(tx: Db, contacts: C[]): Promise<C[]> {
  if (contacts.length === 0) return contacts
  const colleagues = await tx.staff.findMany({ where: { email: { in: contacts.map(({ email }) => email) } }, select: { email: true } })
  return contacts.filter(({ email }) => colleagues.every(colleague => colleague.email !== email))
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** A second look at what stayed unknown, now that other mails of the same batch may have said whose the conversation is. */
async function linkByNewThreads(tx: Db, threadIds: number[], linkable: Omit<LinkableMessage, 'threadDebtorId'>[], links: DebtorLink[]): Promise<void> {
  const unknown = links.flatMap((link, at) => (link.kind === 'unknown' ? [at] : []))
  if (unknown.length === 0 || unknown.length === links.length) return
  const debtors = await debtorsOfThreads(
    tx,
    unknown.map(at => threadIds[at] ?? 0),
  )
  const again = unknown.filter(at => debtors.has(threadIds[at] ?? 0))
  if (again.length === 0) return
  const found = await linkDebtors(
    tx,
    again.flatMap(at => {
      const message = linkable[at]
      return message ? [{ ...message, threadDebtorId: debtors.get(threadIds[at] ?? 0) }] : []
    }),
  )
  for (const [index, at] of again.entries()) links[at] = found[index] ?? { kind: 'unknown' }
}

async function debtorsOfThreads(tx: Db, threadIds: number[]): Promise<Map<number, number>> {
  const threads = await tx.$queryRaw<{ id: number; debtorId: number }[]>`
    SELECT id, "debtorId" FROM "Thread" WHERE id = ANY(${[...new Set(threadIds)]}) AND "debtorId" IS NOT NULL`
  return new Map(threads.map(({ id, debtorId }) => [id, debtorId]))
}

/** The administrations to look for debtors in; one that is configured but not imported yet has none. */
async function administrationsOf(tx: Db, { administration }: ReceivingMailbox): Promise<number[] | undefined> {
  if (administration === undefined) return undefined
  const found = await tx.administration.findMany({ where: { code: administration }, select: { id: true } })
  return found.map(({ id }) => id)
}

const recipientsOf = ({ mail }: ReadMail): string[] => [...mail.to, ...mail.cc].map(({ address }) => address)

const threadable = (message: ArrivedMessage) => ({
  internetMessageId: message.mail.internetMessageId,
  inReplyTo: message.mail.inReplyTo,
  references: message.mail.references,
  subject: message.mail.subject,
  direction: message.direction,
  fromAddress: message.mail.from?.address,
  replyTo: message.mail.replyTo.map(({ address }) => address),
  recipients: recipientsOf(message),
  at: message.receivedAt,
})

const linkableOf = (message: ArrivedMessage) => ({
  direction: message.direction,
  fromAddress: message.mail.from?.address,
  fromName: message.mail.from?.name,
  recipients: recipientsOf(message),
  bounced: message.facts.bounced.map(({ recipient }) => recipient),
  references: message.facts.references,
})
