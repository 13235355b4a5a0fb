import { matchContacts } from '#ledger'
import type { Db } from '#platform'
import { domainOf, isSharedDomain } from './link/shared-domains.ts'
import { findStoredParents, findStoredThreads, type StoredThread } from './thread/stored.ts'
import { isReplySubject, threadSubject } from './thread/subject.ts'

/** What threading looks at: plain values. Addresses are lower case. */
export type ThreadableMessage = {
  internetMessageId: string | undefined
  inReplyTo: string | undefined
  references: readonly string[]
  subject: string
  direction: 'in' | 'out'
  fromAddress: string | undefined
  replyTo: readonly string[]
  /** Addresses of To and Cc. */
  recipients: readonly string[]
  at: Date
}

/** How far apart two mails with the same subject and participant may be to be one conversation. */
const windowMs = 30 * 24 * 3600 * 1000

/**
 * The thread of each message, in the same order; threads are created where none fits and moved to their newest message.
 * A message joins by References or In-Reply-To (RFC 5322), else by subject and participant within 30 days. It joins no
 * thread that it shares no participant, company domain or debtor with: a Message-ID can be forged or reused.
 * Messages of one batch thread with each other; a fixed number of statements for the whole batch.
 */
export async function joinThreads(tx: Db, mailboxId: number, messages: readonly ThreadableMessage[]): Promise<number[]> {
  if (messages.length === 0) return []
  const book = await openBook(tx, mailboxId, messages)
  const inTime = messages.map((message, at) => ({ message, at })).toSorted((a, b) => a.message.at.getTime() - b.message.at.getTime())
  const joined: OpenThread[] = []
  for (const { message, at } of inTime) joined[at] = place(book, message)
  await createThreads(
    tx,
    mailboxId,
    book.threads.filter(({ id }) => id === undefined),
  )
  await touchThreads(tx, joined)
  return joined.map(({ id }) => id ?? 0)
}

/** Gives threads the debtor that one of their messages was linked to; a thread that has one keeps it. */
export async function linkThreads(tx: Db, links: readonly { threadId: number; debtorId: number }[]): Promise<void> {
  if (links.length === 0) return
  await tx.$executeRaw`
    UPDATE "Thread" t SET "debtorId" = l."debtorId"
    FROM (SELECT "threadId", min("debtorId") AS "debtorId" FROM unnest(${links.map(({ threadId }) => threadId)}::int[], ${links.map(({ debtorId }) => debtorId)}::int[])
      AS l("threadId", "debtorId") GROUP BY 1 HAVING count(DISTINCT "debtorId") = 1) AS l
    WHERE t.id = l."threadId" AND t."debtorId" IS NULL`
}

type OpenThread = { id: number | undefined; subject: string; debtorIds: Set<number>; people: Set<string>; first: number; last: number; changed: boolean }

type Book = {
  own: string
  threads: OpenThread[]
  byMessageId: Map<string, OpenThread[]>
  /** Threads that hold an answer to this Message-ID, when the answer came before its parent. */
  byParentId: Map<string, OpenThread[]>
  bySubject: Map<string, OpenThread[]>
  debtorsOf: Map<string, number[]>
}

async function openBook(tx: Db, mailboxId: number, messages: readonly ThreadableMessage[]): Promise<Book> {
  const ids = unique(messages.flatMap(({ references, inReplyTo }) => [...references, ...(inReplyTo ? [inReplyTo] : [])]))
  const ownIds = unique(messages.flatMap(({ internetMessageId }) => internetMessageId ?? []))
  const subjects = unique(messages.map(({ subject }) => threadSubject(subject)).filter(subject => subject !== ''))
  const people = unique(messages.flatMap(peopleOf))
  const mailbox = await tx.mailbox.findUnique({ where: { id: mailboxId }, select: { address: true } })
  const parents = await findStoredParents(tx, mailboxId, unique([...ids, ...ownIds]), ownIds)
  const times = messages.map(({ at }) => at.getTime())
  const span = { from: new Date(Math.min(...times) - windowMs), to: new Date(Math.max(...times) + windowMs) }
  const stored = await findStoredThreads(tx, mailboxId, unique(parents.map(({ threadId }) => String(threadId))).map(Number), subjects, people, span)
  const contacts = await matchContacts(tx, people)
  const book: Book = { own: mailbox?.address ?? '', threads: [], byMessageId: new Map(), byParentId: new Map(), bySubject: new Map(), debtorsOf: new Map() }
  for (const { key, debtorId } of contacts) push(book.debtorsOf, key, debtorId)
  const open = new Map(stored.map(thread => [thread.id, fromStored(book, thread)]))
  for (const { internetMessageId, inReplyTo, threadId } of parents) {
    const thread = open.get(threadId)
    if (!thread) continue
    if (internetMessageId) push(book.byMessageId, internetMessageId, thread)
    if (inReplyTo) push(book.byParentId, inReplyTo, thread)
  }
  return book
}

function fromStored(book: Book, stored: StoredThread): OpenThread {
  const people = new Set(stored.people.filter(address => address !== book.own))
  const debtorIds = new Set(stored.debtorId === null ? [] : [stored.debtorId])
  const thread = { id: stored.id, subject: stored.subject, debtorIds, people, first: stored.first.getTime(), last: stored.last.getTime(), changed: false }
  book.threads.push(thread)
  push(book.bySubject, thread.subject, thread)
  return thread
}

/** The thread for one message: it is added to it, so that later ones of the batch find it. */
function place(book: Book, message: ThreadableMessage): OpenThread {
  const thread = byReference(book, message) ?? bySubject(book, message) ?? start(book, message)
  for (const address of peopleOf(message)) if (address !== book.own) thread.people.add(address)
  thread.first = Math.min(thread.first, message.at.getTime())
  thread.last = Math.max(thread.last, message.at.getTime())
  thread.changed = true
  if (message.internetMessageId) push(book.byMessageId, message.internetMessageId, thread)
  if (message.inReplyTo) push(book.byParentId, message.inReplyTo, thread)
  return thread
}

function byReference(book: Book, message: ThreadableMessage): OpenThread | undefined {
  // The nearest ancestor is named last; In-Reply-To names it, too. A copy of a stored mail belongs where the first one is.
  const ids = [message.internetMessageId, message.inReplyTo, ...message.references.toReversed()].flatMap(id => id ?? [])
  const answers = message.internetMessageId ? (book.byParentId.get(message.internetMessageId) ?? []) : []
  return [...ids.flatMap(id => book.byMessageId.get(id) ?? []), ...answers].find(thread => isParticipant(book, thread, message))
}

function bySubject(book: Book, message: ThreadableMessage): OpenThread | undefined {
  const subject = threadSubject(message.subject)
  if (subject === '') return undefined
  const at = message.at.getTime()
  const near = (book.bySubject.get(subject) ?? []).filter(({ first, last }) => at >= first - windowMs && at <= last + windowMs)
  const known = near.filter(thread => counterparts(book, message).some(address => thread.people.has(address)))
  const latest = known.toSorted((a, b) => b.last - a.last)[0]
  if (latest) return latest
  // A colleague's answer to a mail of the same company is told by its "Re:".
  return isReplySubject(message.subject) ? near.find(thread => sharesDomain(book, thread, message)) : undefined
}

function start(book: Book, message: ThreadableMessage): OpenThread {
  const at = message.at.getTime()
  const thread: OpenThread = {
    id: undefined,
    subject: threadSubject(message.subject),
    debtorIds: new Set(),
    people: new Set(),
    first: at,
    last: at,
    changed: true,
  }
  book.threads.push(thread)
  push(book.bySubject, thread.subject, thread)
  return thread
}

function isParticipant(book: Book, thread: OpenThread, message: ThreadableMessage): boolean {
  const others = counterparts(book, message)
  if (others.some(address => thread.people.has(address)) || sharesDomain(book, thread, message)) return true
  return others.some(address => book.debtorsOf.get(address)?.some(debtorId => thread.debtorIds.has(debtorId)))
}

/** Whether somebody of the same company takes part; the mailbox's own domain says nothing about the other side. */
function sharesDomain(book: Book, thread: OpenThread, message: ThreadableMessage): boolean {
  const domains = counterparts(book, message)
    .map(domainOf)
    .filter(domain => domain !== '' && domain !== domainOf(book.own) && !isSharedDomain(domain))
  if (domains.length === 0) return false
  return [...thread.people].some(address => domains.includes(domainOf(address)))
}

/** The other side of a message: its sender, or whom we wrote to. A mail system's report counts for whom it reports on. */
function counterparts(book: Book, message: ThreadableMessage): string[] {
  const side = message.direction === 'in' ? [message.fromAddress ?? ''] : [...message.recipients]
  return side.filter(address => address !== '' && address !== book.own)
}

const peopleOf = ({ fromAddress, replyTo, recipients }: ThreadableMessage): string[] => [...(fromAddress ? [fromAddress] : []), ...replyTo, ...recipients]

async function createThreads(tx: Db, mailboxId: number, threads: OpenThread[]): Promise<void> {
  if (threads.length === 0) return
  const rows = JSON.stringify(threads.map(({ subject, last }, row) => ({ place: row, subject, at: new Date(last).toISOString() })))
  const created = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO "Thread" ("mailboxId", subject, "lastMessageAt")
    SELECT ${mailboxId}, t.subject, t.at FROM json_to_recordset(${rows}::json) AS t(place int, subject text, at timestamptz) ORDER BY t.place
    RETURNING id`
  // Ids are given in the order of the rows; the order of what is returned is not promised.
  const ids = created.map(({ id }) => id).toSorted((a, b) => a - b)
  for (const [at, thread] of threads.entries()) Object.assign(thread, { id: ids[at], changed: false })
}

async function touchThreads(tx: Db, threads: OpenThread[]): Promise<void> {
  const changed = [...new Set(threads)].filter(thread => thread.changed)
  if (changed.length === 0) return
  const rows = JSON.stringify(changed.map(({ id, last }) => ({ id, at: new Date(last).toISOString() })))
  await tx.$executeRaw`
    UPDATE "Thread" t SET "lastMessageAt" = m.at FROM json_to_recordset(${rows}::json) AS m(id int, at timestamptz)
    WHERE t.id = m.id AND t."lastMessageAt" < m.at`
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

const unique = (values: string[]): string[] => [...new Set(values)]
