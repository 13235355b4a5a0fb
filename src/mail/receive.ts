import { type Blobs, type Clock, type DbClient, fromInstant, type Queue } from '#platform'
import { mailReceived } from './jobs.ts'
import type { FetchedBatch, FetchedMail } from './mailbox/mailbox.ts'
import type { ParsedSource, Parser } from './parse.ts'
import { placeMessages } from './place-messages.ts'
import { readHeaders } from './read-headers.ts'
import { addLocations, insertMessages, messageIdsByHash, moveCursor, openFolder } from './store-messages.ts'
import { understandMail } from './understand-mail.ts'

export type ReceiveDeps = { client: DbClient; queue: Pick<Queue, 'sendMany'>; blobs: Blobs; parser: Parser; clock: Clock }

/** What receiving needs to know of the mailbox. */
export type ReceivingMailbox = {
  id: number
  /** Addresses of our own, lower case. */
  ownAddresses: ReadonlySet<string>
  /** Mail received before this moment is history. */
  startAt: Date
  /** Code of the administration that it serves; all when undefined. */
  administration?: string | undefined
}

/** A mail whose raw source is in the blob store, parsed. */
export type ReadMail = Omit<FetchedMail, 'source'> & ParsedSource & { rawHash: string }

/** How many of a batch were new, and how many were known already, from another folder or an earlier try. */
export type ReceivedCounts = { stored: number; known: number }

type StoreDeps = Pick<ReceiveDeps, 'client' | 'queue' | 'clock' | 'blobs'>
type BatchPlace = Omit<FetchedBatch, 'mails'>

/** Stores a batch of mails: first their raw sources, then in one transaction their rows, the folder's cursor and the jobs that read them. */
export async function receive(deps: ReceiveDeps, mailbox: ReceivingMailbox, batch: FetchedBatch): Promise<ReceivedCounts> {
  return storeRead(deps, mailbox, batch, await readMails(deps, batch.mails))
}

/** Puts the raw sources into the blob store and parses them; the order is kept. */
export async function readMails({ blobs, parser }: Pick<ReceiveDeps, 'blobs' | 'parser'>, mails: FetchedMail[]): Promise<ReadMail[]> {
  return Promise.all(
    mails.map(async ({ source, ...mail }): Promise<ReadMail> => {
      const { hash, size } = await blobs.put(source)
      const parsed = await parser.parse(Buffer.isBuffer(source) ? source : blobs.path(hash))
      if (mail.problem !== undefined) parsed.mail.problem = mail.problem
      return { ...mail, ...parsed, size, rawHash: hash }
    }),
  )
}

/**
 * Writes a read batch. Repeating a batch changes nothing: a mail is known by its place and by the hash of its source,
 * never by its Message-ID. A mail that the database refuses is stored with its headers alone, and holds up no other.
 */
export async function storeRead(deps: StoreDeps, mailbox: ReceivingMailbox, place: BatchPlace, read: ReadMail[]): Promise<ReceivedCounts> {
  try {
    return await storeMails(deps, mailbox, place, read)
  } catch (error) {
    if (read.length === 0 || !isRefusedData(error)) throw error
  }
  const counts: ReceivedCounts = { stored: 0, known: 0 }
  for (const mail of read) {
    const upToHere = { ...place, cursor: { ...place.cursor, lastUid: mail.uid } }
    const { stored, known } = await storeMails(deps, mailbox, upToHere, [mail]).catch(async (error: unknown) => {
      if (!isRefusedData(error)) throw error
      return storeMails(deps, mailbox, upToHere, [await bare(deps, mail)])
    })
    counts.stored += stored
    counts.known += known
  }
  await storeMails(deps, mailbox, place, [])
  return counts
}

async function storeMails(
  { client, queue, clock }: StoreDeps,
  mailbox: ReceivingMailbox,
  { folder, cursor }: BatchPlace,
  read: ReadMail[],
): Promise<ReceivedCounts> {
  const distinct = [...new Map(read.map(mail => [mail.rawHash, mail])).values()]
  const now = fromInstant(clock.now())
  const store = async (tx: Parameters<typeof openFolder>[0]): Promise<ReceivedCounts> => {
    const folderId = await openFolder(tx, mailbox.id, folder, cursor)
    const known = await messageIdsByHash(
      tx,
      mailbox.id,
      distinct.map(({ rawHash }) => rawHash),
    )
    const arrived = distinct
      .filter(({ rawHash }) => !known.has(rawHash))
      .map(mail => {
        const receivedAt = mail.internalDate ?? now
        const history = receivedAt < mailbox.startAt
        return { ...mail, receivedAt, history, direction: directionOf(mail, folder.role, mailbox.ownAddresses, history) }
      })
    const inserted = await insertMessages(tx, mailbox.id, await placeMessages(tx, mailbox, arrived))
    const places = read.map(({ uid, uidValidity, rawHash }) => ({ uid, uidValidity, messageId: inserted.get(rawHash) ?? known.get(rawHash) }))
    await addLocations(tx, folderId, places)
    await moveCursor(tx, folderId, cursor)
    const messageIds = arrived.flatMap(({ rawHash, history }) => (history ? [] : (inserted.get(rawHash) ?? [])))
    await queue.sendMany(
      tx,
      mailReceived,
      messageIds.map(messageId => ({ messageId })),
    )
    return { stored: inserted.size, known: read.length - inserted.size }
  }
  return client.$transaction(store, { timeout: 60_000, maxWait: 30_000 })
}

/**
 * Ours is what stands in the Sent folder. A sender's address proves nothing: a forged mail "from ourselves" must become a
 * card like any other, so outside the Sent folder our own address is believed in history only, where nothing rests on it.
 */
function directionOf({ mail }: ReadMail, role: string, ownAddresses: ReadonlySet<string>, history: boolean): 'in' | 'out' {
  if (role === 'sent') return 'out'
  return history && mail.from !== undefined && ownAddresses.has(mail.from.address) ? 'out' : 'in'
}

async function bare({ blobs }: Pick<StoreDeps, 'blobs'>, mail: ReadMail): Promise<ReadMail> {
  const headers = readHeaders(await blobs.read(mail.rawHash), 'the database refused what was read from this mail; its raw source is kept')
  return { ...mail, mail: headers, facts: understandMail(headers) }
}

/** Whether the database refused the values (SQLSTATE classes 22 and 54) rather than failed for reasons of its own. */
function isRefusedData(error: unknown): boolean {
  const { meta } = error as { meta?: unknown }
  return meta !== undefined && /"(?:originalCode|code)":"(?:22|54)/.test(JSON.stringify(meta))
}
