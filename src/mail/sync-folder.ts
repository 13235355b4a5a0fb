import { finished } from 'node:stream/promises'
import type { Folder, FolderCursor, Mailbox } from './mailbox/mailbox.ts'
import { type ReceiveDeps, type ReceivedCounts, type ReceivingMailbox, readMails, storeRead } from './receive.ts'

/** How many batches may be on their way at once: one being fetched, one parsed, one stored. */
const mostAtOnce = 3

/**
 * Stores what came into a folder since its cursor. While one batch is stored the next is parsed and the one after it
 * fetched; batches are stored in order, each with its cursor, so that whatever breaks leaves a whole beginning.
 */
export async function syncFolder(
  deps: ReceiveDeps,
  receiving: ReceivingMailbox,
  mailbox: Mailbox,
  folder: Folder,
  signal: AbortSignal,
): Promise<ReceivedCounts> {
  const counts: ReceivedCounts = { stored: 0, known: 0 }
  const running: Promise<void>[] = []
  let previous = Promise.resolve()
  try {
    for await (const batch of mailbox.fetchSince(folder, await cursorOf(deps, receiving.id, folder))) {
      const reading = readMails(deps, batch.mails)
      // A large mail streams over the connection: the next batch must not be asked for before it is through.
      for (const { source } of batch.mails) if (!Buffer.isBuffer(source)) await finished(source).catch(() => undefined) // reading fails, too
      const storing = Promise.all([reading, previous]).then(async ([read]) => {
        const { stored, known } = await storeRead(deps, receiving, batch, read)
        counts.stored += stored
        counts.known += known
      })
      storing.catch(() => undefined) // awaited below; until then it is nobody's
      previous = storing
      if (running.push(storing) >= mostAtOnce) await running.shift()
      if (signal.aborted) break
    }
  } finally {
    await Promise.allSettled(running)
  }
  await previous
  return counts
}

async function cursorOf({ client }: Pick<ReceiveDeps, 'client'>, mailboxId: number, { path }: Folder): Promise<FolderCursor> {
  const found = await client.mailFolder.findUnique({ where: { mailboxId_path: { mailboxId, path } } })
  return found ?? { uidValidity: null, lastUid: 0n, highestModseq: null }
}
