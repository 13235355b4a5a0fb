import type { ImapFlow } from 'imapflow'
import { DuncanError } from '#platform'
import type { FetchedBatch, FetchedMail, Folder, FolderCursor } from './mailbox.ts'

type Listed = { uid: number; size: number }
type Opened = { uidValidity: bigint; highestModseq: bigint | null }

/** Mails up to this size are held in memory whole; larger ones are streamed, in pieces. */
const streamedFrom = 4 * 1024 * 1024
const pieceSize = 1024 * 1024
const batchLimit = { mails: 200, bytes: 8 * 1024 * 1024 }

/**
 * The mails of the selected folder after the cursor, oldest first. A lost connection ends imapflow's loops silently, so
 * every batch is checked against what was listed before its cursor is handed on. Throws `mailbox.lost`.
 */
export async function* fetchSelected(client: ImapFlow, folder: Folder, cursor: FolderCursor): AsyncGenerator<FetchedBatch> {
  if (!client.mailbox) throw lost()
  const { uidValidity, highestModseq = null } = client.mailbox
  const opened = { uidValidity, highestModseq }
  const after = cursor.uidValidity === uidValidity ? Number(cursor.lastUid) : 0
  const listed = await listAfter(client, after)

  const last = BigInt(listed.at(-1)?.uid ?? after)
  for (const group of groupsOf(listed)) {
    const isLarge = group.length === 1 && (group[0]?.size ?? 0) > streamedFrom
    const mails = isLarge ? [await openLarge(client, group[0] as Listed, opened)] : await fetchWhole(client, group, opened)
    const lastUid = BigInt(group.at(-1)?.uid ?? after)
    // The folder's MODSEQ is reached with its last mail only.
    yield { folder, mails, cursor: { uidValidity, lastUid, highestModseq: lastUid === last ? highestModseq : cursor.highestModseq } }
  }
  if (listed.length === 0 && (cursor.uidValidity !== uidValidity || cursor.highestModseq !== highestModseq)) {
    yield { folder, mails: [], cursor: { uidValidity, lastUid: last, highestModseq } }
  }
}

async function listAfter(client: ImapFlow, after: number): Promise<Listed[]> {
  const listed: Listed[] = []
  for await (const { uid, size = 0 } of client.fetch(`${after + 1}:*`, { uid: true, size: true }, { uid: true })) {
    // Beyond the end, `N:*` means the last message (RFC 3501, 6.4.8).
    if (uid > after) listed.push({ uid, size })
  }
  // Only a command that is answered proves that the list ended because it was complete.
  await client.noop()
  if (!client.usable) throw lost()
  return listed.toSorted((a, b) => a.uid - b.uid)
}

function* groupsOf(listed: Listed[]): Generator<Listed[]> {
  let group: Listed[] = []
  let bytes = 0
  for (const mail of listed) {
    const isLarge = mail.size > streamedFrom
    if (group.length > 0 && (isLarge || group.length >= batchLimit.mails || bytes + mail.size > batchLimit.bytes)) {
      yield group
      group = []
      bytes = 0
    }
    group.push(mail)
    bytes += mail.size
    if (!isLarge) continue
    yield group
    group = []
    bytes = 0
  }
  if (group.length > 0) yield group
}

const wanted = { uid: true, source: true, internalDate: true, flags: true } as const

async function fetchWhole(client: ImapFlow, group: Listed[], opened: Opened): Promise<FetchedMail[]> {
  const fetched = new Map<number, FetchedMail>()
  const keep = async (range: string) => {
    for await (const { uid, source, internalDate, flags } of client.fetch(range, wanted, { uid: true })) {
      if (source) fetched.set(uid, { ...common(uid, internalDate, flags, opened), size: source.length, source })
    }
    if (!client.usable) throw lost()
  }
  await keep(uidSet(group.map(({ uid }) => uid)))
  if (fetched.size < group.length) {
    const missing = group.filter(({ uid }) => !fetched.has(uid))
    const present = await client.search({ uid: uidSet(missing.map(({ uid }) => uid)) }, { uid: true })
    if (!present || !client.usable) throw lost()
    for (const uid of present) {
      await keep(String(uid)).catch(rethrowUnlessAlive(client))
      if (!fetched.has(uid)) fetched.set(uid, undelivered(uid, opened))
    }
  }
  return [...fetched.values()].toSorted((a, b) => Number(a.uid - b.uid))
}

async function openLarge(client: ImapFlow, { uid, size }: Listed, opened: Opened): Promise<FetchedMail> {
  const found = await client.fetchOne(String(uid), { uid: true, internalDate: true, flags: true }, { uid: true })
  const download = await client.download(String(uid), undefined, { uid: true, chunkSize: pieceSize })
  if (!client.usable) throw lost()
  const { content } = download
  if (!found || !content) return undelivered(uid, opened)
  // imapflow tells of a failure once and leaves the stream open: who begins to read later would wait for ever.
  content.on('error', error => content.destroy(error))
  return { ...common(uid, found.internalDate, found.flags, opened), size, source: content }
}

/** Stands for a mail that the server lists but refuses to hand out, so that a person hears of it. */
function undelivered(uid: number, opened: Opened): FetchedMail {
  const source = Buffer.from(`X-Undelivered: ${opened.uidValidity}/${uid}\r\n\r\n`)
  const problem = 'the mail server lists this mail but does not hand it out; look at it in the mailbox'
  return { ...common(uid, undefined, undefined, opened), size: source.length, source, problem }
}

function common(uid: number, internalDate: Date | string | undefined, flags: Set<string> | undefined, opened: Opened) {
  const date = new Date(internalDate ?? Number.NaN)
  const known = Number.isNaN(date.getTime()) ? undefined : date
  return { uid: BigInt(uid), uidValidity: opened.uidValidity, internalDate: known, flags: [...(flags ?? [])] }
}

function rethrowUnlessAlive(client: ImapFlow): (error: unknown) => void {
  return error => {
    if (!client.usable) throw error
  }
}

const lost = (): DuncanError => new DuncanError('mailbox.lost', 'The mail connection ended in the middle of the work.', 'Duncan tries again by itself.')

/** `1,2,3,7` as `1:3,7`. */
export function uidSet(uids: number[]): string {
  const ranges: [number, number][] = []
  for (const uid of uids) {
    const last = ranges.at(-1)
    if (last && last[1] + 1 === uid) last[1] = uid
    else ranges.push([uid, uid])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}:${to}`)).join(',')
}
