import { randomUUID } from 'node:crypto'
import addressparser from 'nodemailer/lib/addressparser'
import type { Temporal } from 'temporal-polyfill'
import { type Db, DuncanError, fromInstant, type Queue, recordAudit } from '#platform'
import { mailSend } from './jobs.ts'

export type OutboundAttachment = {
  fileName: string
  contentType: string
  /** Its name in the blob store. */
  hash: string
}

/** A mail that is to leave. Who may receive it is decided by who writes the draft, not here. */
export type OutboundDraft = {
  mailboxId: number
  /** The proposed action that it carries out; one action sends one mail however often it is scheduled. */
  actionId?: number | undefined
  /** The entry about a debtor that it carries out; one entry sends one mail, too. */
  entryId?: number | undefined
  /** The message that it answers: gives In-Reply-To, References, and the thread when none is named. */
  answers?: number | undefined
  threadId?: number | undefined
  debtorId?: number | undefined
  /** Others of its central file that it tells of: it is for who sees all of them. */
  alsoDebtorIds?: number[] | undefined
  to: string[]
  cc?: string[] | undefined
  subject: string
  text: string
  html?: string | undefined
  attachments?: OutboundAttachment[] | undefined
  /** Leaves without a person's decision: carries Auto-Submitted (RFC 3834). */
  automatic?: boolean | undefined
  /** For its readers alone: once it has left, nothing of it stands among the mails of its mailbox, in its Sent folder or here. */
  private?: boolean | undefined
  /** The end of the undo window; until then it can be cancelled. */
  sendAfter: Temporal.Instant
}

export type ScheduledMail = { id: number; internetMessageId: string }

/**
 * Puts a mail into the outbox in the caller's transaction, with the Message-ID that every attempt will carry.
 * Throws `mail.recipient` for an address that is not exactly one address.
 */
export async function scheduleMail(tx: Db, queue: Pick<Queue, 'send'>, draft: OutboundDraft): Promise<ScheduledMail> {
  const to = recipients(draft.to)
  const cc = recipients(draft.cc ?? []).filter(address => !to.includes(address))
  if (to.length === 0) throw new DuncanError('mail.recipient', 'A mail without a recipient cannot be sent.', 'Name at least one recipient.')
  const mailbox = await tx.mailbox.findUniqueOrThrow({ where: { id: draft.mailboxId } })
  const parent = await answeredMessage(tx, draft)
  const internetMessageId = `<${randomUUID()}@${mailbox.address.split('@').at(-1)}>`
  const sendAfter = fromInstant(draft.sendAfter)
  // What did not leave makes room for what was decided anew.
  if (draft.entryId !== undefined)
    await tx.outboundMail.updateMany({ where: { entryId: draft.entryId, state: { in: ['cancelled', 'failed'] } }, data: { entryId: null } })

  const { count } = await tx.outboundMail.createMany({
    data: {
      mailboxId: draft.mailboxId,
      internetMessageId,
      actionId: draft.actionId ?? null,
      entryId: draft.entryId ?? null,
      threadId: draft.threadId ?? parent?.threadId ?? null,
      debtorId: draft.debtorId ?? parent?.debtorId ?? null,
      alsoDebtorIds: draft.alsoDebtorIds ?? [],
      inReplyTo: parent?.internetMessageId ?? null,
      references: parent ? referencesTo(parent) : [],
      to,
      cc,
      subject: oneLine(draft.subject),
      text: draft.text,
      html: draft.html ?? null,
      attachments: (draft.attachments ?? []).map(attachment => ({ ...attachment, fileName: safeFileName(attachment.fileName) })),
      automatic: draft.automatic ?? false,
      private: draft.private ?? false,
      sendAfter,
    },
    skipDuplicates: true, // of two decisions on one action the second finds the first one's mail
  })
  const where = count === 1 ? { internetMessageId } : draft.actionId === undefined ? { entryId: draft.entryId ?? 0 } : { actionId: draft.actionId }
  const mail = await tx.outboundMail.findUniqueOrThrow({ where, select: { id: true, internetMessageId: true } })
  if (count === 0) return mail
  await queue.send(tx, mailSend, { outboundMailId: mail.id }, { startAfter: sendAfter })
  await recordAudit(tx, {
    actor: 'duncan',
    event: 'mail.scheduled',
    subject: `mail:${mail.id}`,
    detail: { action: draft.actionId ?? null, entry: draft.entryId ?? null },
  })
  return mail
}

/** Takes a mail back that has not left yet; false when it has left or is leaving. The caller tells whoever waits for it. */
export async function cancelMail(tx: Db, id: number): Promise<boolean> {
  const { count } = await tx.outboundMail.updateMany({ where: { id, state: 'scheduled' }, data: { state: 'cancelled' } })
  if (count === 1) await recordAudit(tx, { actor: 'duncan', event: 'mail.cancelled', subject: `mail:${id}` })
  return count === 1
}

type AnsweredMessage = { internetMessageId: string | null; inReplyTo: string | null; references: string[]; threadId: number | null; debtorId: number | null }

async function answeredMessage(tx: Db, { answers, mailboxId }: OutboundDraft): Promise<AnsweredMessage | null> {
  if (answers === undefined) return null
  const select = { internetMessageId: true, inReplyTo: true, references: true, threadId: true, debtorId: true, mailboxId: true } as const
  const parent = await tx.message.findUniqueOrThrow({ where: { id: answers }, select })
  if (parent.mailboxId === mailboxId) return parent
  return { ...parent, threadId: null } // threads do not cross mailboxes
}

const longestReferences = 20
const isMessageId = (id: string) => /^<[^<>\s]{1,250}>$/.test(id)

/** RFC 5322 3.6.4: the parent's references, then the parent. A long chain keeps its first, by which clients find the thread. */
function referencesTo({ internetMessageId, inReplyTo, references }: AnsweredMessage): string[] {
  const before = references.length > 0 || !inReplyTo ? references : [inReplyTo]
  const chain = [...new Set([...before, internetMessageId ?? ''])].filter(isMessageId)
  return chain.length <= longestReferences ? chain : [...chain.slice(0, 1), ...chain.slice(1 - longestReferences)]
}

/** Each address once. Whatever holds more than one plain address could name recipients that nobody approved. */
function recipients(addresses: string[]): string[] {
  const known = new Map<string, string>()
  for (const address of addresses) {
    const [parsed, ...more] = addressparser(address)
    if (more.length > 0 || parsed?.address !== address || !isPlainAddress(address)) {
      throw new DuncanError('mail.recipient', 'A recipient is not one plain mail address.', 'Correct the address of the contact, then approve again.')
    }
    if (!known.has(address.toLowerCase())) known.set(address.toLowerCase(), address)
  }
  return [...known.values()]
}

const isPlainAddress = (address: string) =>
  address.length <= 254 && /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]+\.[^\s@<>()[\]\\,;:"\p{Cc}.]+$/u.test(address)

/** No line end may start a header of its own; a subject that came with one is still worth answering. */
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

/** Without the marks that turn the direction of writing, which make "invoice-fdp.exe" read as "invoice-exe.pdf". */
const safeFileName = (name: string) => oneLine(name).replaceAll(/[/\\\u202a-\u202e\u2066-\u2069]/g, '_') || 'attachment'
