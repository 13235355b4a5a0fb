import { invoiceNumbersOf } from '#ledger'
import { type DebtorLink, hasOneSender, type LinkReason, type Parser } from '#mail'
import { type Blobs, type DbClient, type MessageModel, toInstant } from '#platform'
import type { ProposalInput } from '#proposals'
import type { MessageToRead, Reading, ReadingContext } from '#triage'
import type { NumberShapes } from './number-shapes.ts'

export type ReadDeps = {
  client: DbClient
  blobs: Blobs
  parser: Parser
  numberShapes: NumberShapes
  readMessage: (message: MessageToRead, context: ReadingContext) => Promise<Reading>
  verifySender: (source: Buffer, headers: MessageToRead['headers']) => Promise<MessageToRead['senderVerified']>
}

/** A message as it is stored, with what belongs to it; null when there is none of that id. */
export const storedMessage = (client: DbClient, id: number) => client.message.findUnique({ where: { id }, include: { mailbox: true, attachments: true } })
type StoredMessage = NonNullable<Awaited<ReturnType<typeof storedMessage>>>

/** Reads a stored message whole: what it is, whose it is and what it says, as the proposal needs it. Stores nothing. */
export async function readInbound(deps: ReadDeps, message: StoredMessage): Promise<ProposalInput> {
  const { blobs, parser, readMessage, verifySender } = deps
  const [{ mail, facts }, source, { context, timeZone }] = await Promise.all([
    // The HTML is not kept in the database; hidden text in it is looked for here.
    parser.parse(blobs.path(message.rawHash), { withHtml: true }),
    blobs.read(message.rawHash),
    contextOf(deps, linkOf(message), message.mailbox.address),
  ])
  const senderVerified = facts.kind === 'mail' ? await verifySender(source, mail.headers) : 'unknown'
  const reading = await readMessage(
    {
      kind: facts.kind,
      autoReply: facts.autoReplyKind,
      subject: message.subject,
      replyText: message.replyText,
      fullText: message.text,
      html: mail.html,
      from: mail.from,
      replyTo: message.replyTo,
      attachmentNames: message.attachments.flatMap(({ fileName }) => fileName ?? []),
      headers: mail.headers,
      date: toInstant(message.receivedAt).toZonedDateTimeISO(timeZone).toPlainDate().toString(),
      senderVerified,
    },
    context,
  )
  return inputOf(message, { reading, bounced: facts.bounced })
}

/** What a proposal is made from. */
export function inputOf(message: StoredMessage, { reading, bounced }: Pick<ProposalInput, 'reading' | 'bounced'>): ProposalInput {
  const { id, mailboxId, threadId, fromAddress, fromName, subject, replyTo, to, cc, receivedAt, internetMessageId, references, replyText } = message
  const from = fromAddress === null ? undefined : { address: fromAddress, name: fromName ?? '' }
  const { parseProblem, attachments } = message
  return {
    messageId: id,
    mailboxId,
    threadId,
    link: linkOf(message),
    message: { subject, from, replyTo, to, cc, receivedAt, internetMessageId, references, replyText, parseProblem, attachments },
    reading,
    bounced,
  }
}

export type SenderVerdict = MessageToRead['senderVerified']

/** Whether the one sender of a message is who From says; a mail with several senders never is. */
export async function verdictOnSender({ blobs, verifySender }: ReadDeps, { rawHash, headers }: MessageModel): Promise<SenderVerdict> {
  const source = await blobs.read(rawHash)
  return hasOneSender(source) ? verifySender(source, headers as MessageToRead['headers']) : 'fail'
}

/** The link that was stored with the message. */
function linkOf(message: MessageModel): DebtorLink {
  const candidates = message.candidates as { debtorId: number; reasons: LinkReason[] }[]
  if (message.debtorId !== null) return { kind: 'linked', debtorId: message.debtorId, reason: message.linkReason as LinkReason, candidates: [] }
  return candidates.length > 0 ? { kind: 'ambiguous', candidates } : { kind: 'unknown' }
}

type Context = { context: ReadingContext; timeZone: string }

async function contextOf({ client: db, numberShapes }: ReadDeps, link: DebtorLink, mailboxAddress: string): Promise<Context> {
  const debtorIds = link.kind === 'linked' ? [link.debtorId] : link.kind === 'ambiguous' ? link.candidates.map(({ debtorId }) => debtorId) : []
  const [debtors, invoiceNumbers, payers] = await Promise.all([
    db.debtor.findMany({ where: { id: { in: debtorIds } }, include: { administration: true, contacts: { select: { email: true } } } }),
    invoiceNumbersOf(db, debtorIds),
    link.kind === 'linked' ? payersOf(db, link.debtorId) : [],
  ])
  const only = debtors.length === 1 ? debtors[0] : undefined
  const contactAddresses = debtors.flatMap(({ contacts }) => contacts.flatMap(({ email }) => email ?? []))
  const domains = [mailboxAddress, ...contactAddresses].flatMap(address => address.split('@')[1] ?? [])
  const context = {
    invoiceNumbers,
    invoiceNumberShapes: await numberShapes(only?.administrationId ?? null),
    country: only?.country ?? undefined,
    currency: only?.administration.currency ?? 'EUR',
    knownDomains: [...new Set(domains)],
    contactAddresses,
    knownAccounts: payers,
    ownAccounts: only?.administration.iban ? [only.administration.iban] : [],
  }
  return { context, timeZone: debtors[0]?.administration.timeZone ?? 'Europe/Amsterdam' }
}

const mostPayers = 20

/** The account numbers that a debtor's payments came from. */
async function payersOf(db: DbClient, debtorId: number): Promise<string[]> {
  const where = { debtorId, payerIban: { not: null } }
  const accounts = await db.payment.groupBy({ by: ['payerIban'], where, orderBy: { payerIban: 'asc' }, take: mostPayers })
  return accounts.flatMap(({ payerIban }) => payerIban ?? [])
}
