import { draftLanguage, draftReply } from '#drafting'
import { type Db, fromInstant } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { openEntry } from '../entries/open.ts'
import type { InvoiceCopy } from '../invoice-copies.ts'
import { chooseRecipients, loadRecipientLock } from '../recipients.ts'
import { toneOf } from '../tone-of.ts'

/** Nobody waits for a copy longer. */
const longestDays = 60

/** Remembers the invoices of a debtor whose copies a mail asked for and whose files were not there. */
export async function awaitCopies(tx: Db, asked: { messageId: number; debtorId: number | null; numbers: string[]; at: Date }): Promise<void> {
  const { messageId, debtorId, numbers, at } = asked
  if (debtorId === null || numbers.length === 0) return
  const invoices = await tx.invoice.findMany({ where: { debtorId, number: { in: numbers } }, select: { id: true } })
  const rows = invoices.map(({ id }) => ({ invoiceId: id, messageId, debtorId, askedAt: at }))
  await tx.awaitedCopy.createMany({ data: rows, skipDuplicates: true })
}

/** Proposes to send the copies whose files came since they were asked for, once for each; returns how many mails were proposed. */
export async function proposeFoundCopies(deps: ProposalsDeps): Promise<number> {
  const { client, clock } = deps
  const now = fromInstant(clock.now())
  await client.awaitedCopy.updateMany({
    where: { settledAt: null, askedAt: { lt: fromInstant(clock.now().subtract({ hours: longestDays * 24 })) } },
    data: { settledAt: now },
  })
  const awaited = await client.awaitedCopy.findMany({ where: { settledAt: null }, orderBy: [{ messageId: 'asc' }, { invoiceId: 'asc' }] })
  let proposed = 0
  for (const messageId of new Set(awaited.map(each => each.messageId))) {
    const ids = awaited.filter(each => each.messageId === messageId).map(({ invoiceId }) => invoiceId)
    const found = await findCopies(deps, ids)
    if (found.length === 0) continue
    if (await openFor(deps, messageId, found)) proposed += 1
    const where = { messageId, invoiceId: { in: found.map(({ invoiceId }) => invoiceId) } }
    await client.awaitedCopy.updateMany({ where, data: { settledAt: now } })
  }
  return proposed
}

type Found = InvoiceCopy & { number: string }

async function findCopies({ client, findCopy }: ProposalsDeps, ids: number[]): Promise<Found[]> {
  const invoices = await client.invoice.findMany({
    where: { id: { in: ids } },
    include: { administration: { select: { code: true } } },
    orderBy: { id: 'asc' },
  })
  const found: Found[] = []
  for (const { id, number, debtorId, administration } of invoices) {
    const copy = await findCopy(client, { id, number, debtorId, administrationCode: administration.code })
    if (copy) found.push({ ...copy, number })
  }
  return found
}

async function openFor(deps: ProposalsDeps, messageId: number, found: Found[]): Promise<boolean> {
  const { client, clock, config, rules } = deps
  const message = await client.message.findUnique({ where: { id: messageId } })
  // A mail that was linked to another debtor meanwhile is another matter.
  const debtorId = message?.debtorId
  const own = debtorId ? await client.invoice.count({ where: { debtorId, id: { in: found.map(({ invoiceId }) => invoiceId) } } }) : 0
  if (!message || !debtorId || own !== found.length) return false
  const debtor = await client.debtor.findUniqueOrThrow({ where: { id: debtorId }, include: { administration: true, contacts: true } })
  const lock = await loadRecipientLock(client, { messageId, threadId: message.threadId, debtorId })
  const envelope = { from: message.fromAddress?.toLowerCase(), replyTo: message.replyTo, to: message.to, cc: message.cc }
  const { to } = chooseRecipients(lock, envelope)
  if (to.length === 0) return false
  const contact = debtor.contacts.find(({ email }) => email === to[0])
  const language = draftLanguage(contact?.language ?? debtor.language ?? debtor.administration.language)
  const tone = await toneOf(client, { clock, timeZone: config.DUNCAN_TIME_ZONE }, debtorId)
  const sections = [{ template: 'invoice_copies', slots: { invoices: found.map(({ number }) => number) } }]
  const frame = { language, tone, subject: message.subject, contactName: contact?.name ?? undefined, administration: debtor.administration.name }
  const { subject, text } = draftReply({ ...frame, templates: rules().templates }, sections)
  const attachments = found.map(({ number: _number, ...file }) => file)
  const mail = {
    kind: 'mail' as const,
    mailboxId: message.mailboxId,
    answers: messageId,
    threadId: message.threadId,
    to,
    cc: [],
    subject,
    text,
    language,
    tone,
    attachments,
    invoiceIds: [],
  }
  const key = `copies ${messageId} ${found.map(({ invoiceId }) => invoiceId).join(' ')}`
  const outcome = await openEntry(deps, { debtorId, content: mail, key, why: { code: 'copy_found', invoices: found.map(({ number }) => number) } })
  return outcome.kind === 'entered'
}
