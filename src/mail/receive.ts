import type { Blobs, Clock, DbClient, Queue } from '#platform'
import { fromInstant } from '#platform'
import { mailReceived } from './jobs.ts'
import type { FetchedBatch, FetchedMail } from './mailbox/mailbox.ts'
import type { ParsedSource, Parser } from './parse.ts'
import { addLocations, insertMessages, messageIdsByHash, moveCursor, openFolder } from './store-messages.ts'

export type ReceiveDeps = { client: DbClient; queue: Pick<Queue, 'send'>; blobs: Blobs; parser: Parser; clock: Clock }

/** What receiving needs to know of the mailbox. */
export type ReceivingMailbox = {
  id: number
  /** Addresses of our own, lower case. */
  ownAddresses: ReadonlySet<string>
  /** Mail received before this moment is history. */
  startAt: Date
}

/** A mail whose raw source is in the blob store, parsed. */
export type ReadMail = Omit<FetchedMail, 'source'> & ParsedSource & { rawHash: string }

/** How many of a batch were new, and how many were known already, from another folder or an earlier try. */
export type ReceivedCounts = { stored: number; known: number }

/** Stores a batch of mails: first their raw sources, then in one transaction their rows, the folder's cursor and the jobs that read them. */
export async function receive(deps: ReceiveDeps, mailbox: ReceivingMailbox, batch: FetchedBatch): Promise<ReceivedCounts> {
  const read = await readMails(deps, batch.mails)
  return storeMails(deps, mailbox, batch, read)
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

/** Writes a read batch. Repeating a batch changes nothing: a mail is known by its place and by the hash of its source, never by its Message-ID. */
export async function storeMails(
  { client, queue, clock }: Pick<ReceiveDeps, 'client' | 'queue' | 'clock'>,
  mailbox: ReceivingMailbox,
  batch: Omit<FetchedBatch, 'mails'>,
  read: ReadMail[],
): Promise<ReceivedCounts> {
  const distinct = [...new Map(read.map(mail => [mail.rawHash, mail])).values()]
  const now = fromInstant(clock.now())
  return client.$transaction(
    async tx => {
      const folderId = await openFolder(tx, mailbox.id, batch.folder, batch.cursor)
      const known = await messageIdsByHash(
        tx,
        mailbox.id,
        distinct.map(({ rawHash }) => rawHash),
      )
      const rows = distinct
        .filter(({ rawHash }) => !known.has(rawHash))
        .map(mail => {
          const receivedAt = mail.internalDate ?? now
          const history = receivedAt < mailbox.startAt
          return { ...mail, receivedAt, history, direction: directionOf(mail, batch, mailbox, history) }
        })
      const inserted = await insertMessages(tx, mailbox.id, rows)
      const idOf = (rawHash: string) => inserted.get(rawHash) ?? known.get(rawHash)
      await addLocations(
        tx,
        folderId,
        read.map(({ uid, uidValidity, rawHash }) => ({ uid, uidValidity, messageId: idOf(rawHash) })),
      )
      await moveCursor(tx, folderId, batch.cursor)
      for (const { rawHash, history } of rows) {
        const messageId = inserted.get(rawHash)
        if (!history && messageId !== undefined) await queue.send(tx, mailReceived, { messageId })
      }
      return { stored: inserted.size, known: read.length - inserted.size }
    },
    { timeout: 60_000, maxWait: 30_000 },
  )
}

/**
 * Ours is what stands in the Sent folder. A sender's address proves nothing: a forged mail "from ourselves" must become a
 * card like any other, so outside the Sent folder our own address is believed in history only, where nothing rests on it.
 */
function directionOf({ mail }: ReadMail, { folder }: Pick<FetchedBatch, 'folder'>, { ownAddresses }: ReceivingMailbox, history: boolean): 'in' | 'out' {
  if (folder.role === 'sent') return 'out'
  return history && mail.from !== undefined && ownAddresses.has(mail.from.address) ? 'out' : 'in'
}
