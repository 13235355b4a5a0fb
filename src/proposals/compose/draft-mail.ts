import { type DraftLanguage, draftLanguage, draftLanguages, draftReply } from '#drafting'
import { chooseTone, type Tone, tones } from '#ledger'
import { debtorsInSight, mailInSight, type Sight, sightOf } from '#people'
import { type Db, type MailboxModel, Prisma, toPlainDate } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import type { ReplySection } from '../proposal.ts'
import { chooseRecipients, loadRecipientLock, mayReceive, type RecipientLock } from '../recipients.ts'
import { statementOf } from '../statement.ts'
import { isId } from '../store.ts'
import { toneOf } from '../tone-of.ts'

/** What a mail that a colleague writes can begin from; `free` has a greeting and a closing only. */
export const composeTemplates = ['free', 'statement', 'payment_proof_request', 'promise_date_request', 'invoice_number_request', 'question_received'] as const
type ComposeTemplate = (typeof composeTemplates)[number]

/**
 * What is chosen before the text is written; the rest is chosen by what is known. `answers`: a message; a new conversation without it. `copies`:
 * numbers of invoices whose copies go with it, as typed.
 */
export type MailChoice = { answers?: number | null; template?: string; language?: string; tone?: string; to?: string[]; cc?: string[]; copies?: string[] }

/** A conversation with the debtor, by its newest mail. */
export type Conversation = { messageId: number; subject: string; from: string; at: Date }

export type MailDraft = {
  debtor: { id: number; name: string }
  /** The mailbox that it leaves from. */
  from: { id: number; address: string }
  answers: number | null
  threadId: number | null
  conversations: Conversation[]
  to: string[]
  cc: string[]
  copies: string[]
  /** Every address that it may go to. */
  recipients: string[]
  template: ComposeTemplate
  language: DraftLanguage
  tone: Tone
  subject: string
  text: string
}
export type MailDraftOutcome = { kind: 'draft'; draft: MailDraft } | { kind: 'not_found' | 'no_mailbox' | 'no_recipient' }

type Asked = { staffId: number; debtorId: number; choice: MailChoice }

/**
 * A mail to a debtor as it is drafted for a colleague who sees the debtor and the conversation: from the mailbox of the mail that it answers,
 * else of the newest one with the debtor. Its amounts are those that are open now, in their currency.
 */
export async function draftMail(
  db: Db,
  { clock, config, rules }: Pick<ProposalsDeps, 'clock' | 'config' | 'rules'>,
  { staffId, debtorId, choice }: Asked,
): Promise<MailDraftOutcome> {
  const person = await db.staff.findUnique({ where: { id: staffId } })
  const sight = person?.active ? sightOf(person) : undefined
  const debtor =
    sight &&
    (await db.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sight) }, include: { administration: true, contacts: { orderBy: { id: 'asc' } } } }))
  if (!sight || !debtor) return { kind: 'not_found' }
  const conversations = await conversationsOf(db, sight, debtor.id)
  const asked = choice.answers ?? null
  const message = asked === null || !isId(asked) ? null : await messageInSight(db, sight, debtor.id, asked)
  if (asked !== null && !message) return { kind: 'not_found' }
  const from = message ? message.mailbox : await mailboxFor(db, sight, conversations)
  if (!from || from.status === 'removed') return { kind: 'no_mailbox' }

  const lock = await loadRecipientLock(db, { messageId: message?.id ?? null, threadId: message?.threadId ?? null, debtorId: debtor.id })
  const recipients = [...new Set([...lock.participants, ...lock.verified])].filter(address => mayReceive(lock, address)).toSorted()
  const wished = (choice.to ?? []).filter(address => recipients.includes(address))
  const usual = usualRecipients(lock, message, [...emailsOf(debtor.contacts).filter(address => recipients.includes(address)), ...recipients])
  const to = wished.length > 0 ? wished : usual.to
  const cc = (choice.cc ?? usual.cc).filter(address => !to.includes(address))
  if (to.length === 0) return { kind: 'no_recipient' }

  const contact = debtor.contacts.find(({ email }) => email?.toLowerCase() === to[0])
  const known = draftLanguages.find(language => language === choice.language)
  const language = known ?? draftLanguage(contact?.language ?? debtor.language ?? debtor.administration.language)
  const tone = tones.find(each => each === choice.tone) ?? chooseTone(await toneOf(db, { clock, timeZone: config.DUNCAN_TIME_ZONE }, debtor.id))
  const template = composeTemplates.find(each => each === choice.template) ?? 'free'
  const drafted = draftReply(
    {
      language,
      tone,
      subject: message?.subject ?? '',
      contactName: contact?.name ?? undefined,
      senderName: person?.name,
      administration: debtor.administration.name,
      templates: rules().templates,
    },
    await sectionsOf(db, template, debtor.id),
  )
  const draft = {
    debtor: { id: debtor.id, name: debtor.name },
    from: { id: from.id, address: from.address },
    answers: message?.id ?? null,
    threadId: message?.threadId ?? null,
    conversations,
    to,
    cc,
    copies: choice.copies ?? [],
    recipients,
    template,
    language,
    tone,
    subject: message ? drafted.subject : '',
    text: drafted.text.trim(),
  }
  return { kind: 'draft', draft }
}

const emailsOf = (contacts: { email: string | null }[]): string[] => contacts.flatMap(({ email }) => (email === null ? [] : [email.toLowerCase()]))

/** The sender, and in copy who was in copy; of a mail of ours, who it went to; without a conversation the first verified contact. */
function usualRecipients(lock: RecipientLock, message: Answered | null, recipients: string[]): { to: string[]; cc: string[] } {
  const first = { to: recipients.slice(0, 1), cc: [] }
  if (!message) return first
  const { to, cc } = chooseRecipients(lock, { from: message.fromAddress?.toLowerCase(), replyTo: message.replyTo, to: message.to, cc: message.cc })
  if (to.length > 0) return { to, cc }
  const written = (list: string[]) => list.map(address => address.toLowerCase()).filter(address => recipients.includes(address))
  return message.to.some(address => recipients.includes(address.toLowerCase())) ? { to: written(message.to), cc: written(message.cc) } : first
}

type Answered = NonNullable<Awaited<ReturnType<typeof messageInSight>>>

async function messageInSight(db: Db, sight: Sight, debtorId: number, id: number) {
  const [seen] = await db.$queryRaw<{ id: number }[]>`
    SELECT m.id FROM "Message" m WHERE m.id = ${id} AND m."debtorId" = ${debtorId} AND ${mailInSight(sight, Prisma.sql`m`)}`
  return seen ? db.message.findUnique({ where: { id: seen.id }, include: { mailbox: true } }) : null
}

const mostConversations = 10

async function conversationsOf(db: Db, sight: Sight, debtorId: number): Promise<Conversation[]> {
  return db.$queryRaw<Conversation[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (COALESCE(m."threadId", -m.id)) m.id AS "messageId", m.subject, COALESCE(m."fromName", m."fromAddress", '?') AS "from", m."receivedAt" AS at
      FROM "Message" m JOIN "Mailbox" b ON b.id = m."mailboxId"
      WHERE m."debtorId" = ${debtorId} AND b.status <> 'removed' AND ${mailInSight(sight, Prisma.sql`m`)}
      ORDER BY COALESCE(m."threadId", -m.id), m."receivedAt" DESC, m.id DESC) newest
    ORDER BY at DESC, "messageId" DESC LIMIT ${mostConversations}`
}

/** The mailbox of the newest conversation; without one, the only mailbox that the person sees. */
async function mailboxFor(db: Db, { mailboxes }: Sight, [newest]: Conversation[]): Promise<MailboxModel | undefined> {
  if (newest) return (await db.message.findUniqueOrThrow({ where: { id: newest.messageId }, include: { mailbox: true } })).mailbox
  const seen = await db.mailbox.findMany({ where: { status: { not: 'removed' }, ...(mailboxes !== 'all' && { key: { in: [...mailboxes] } }) }, take: 2 })
  return seen.length === 1 ? seen[0] : undefined
}

const day = (date: Date): string => toPlainDate(date).toString()

async function sectionsOf(db: Db, template: ComposeTemplate, debtorId: number): Promise<ReplySection[]> {
  if (template === 'free') return []
  if (template !== 'statement') return [{ template, slots: { invoices: [], conditional: false } }]
  const open = await db.invoice.findMany({ where: { debtorId, status: 'open' }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] })
  const items = open.map(({ number, invoiceDate, dueDate, openAmount, currency }) => ({
    number,
    invoiceDate: invoiceDate && day(invoiceDate),
    dueDate: day(dueDate),
    openAmount,
    currency,
  }))
  return [{ template, slots: statementOf(items) }]
}
