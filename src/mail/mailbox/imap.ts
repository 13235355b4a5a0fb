import type { ImapFlow } from 'imapflow'
import { DuncanError, type Log } from '#platform'
import { connectImap, type ImapSettings } from './imap-connection.ts'
import { explainImapError } from './imap-errors.ts'
import { fetchSelected } from './imap-fetch.ts'
import type { FetchedBatch, Folder, FolderCursor, Mailbox } from './mailbox.ts'
import { createNews } from './news.ts'

/** Set on a mail that Duncan and a person have dealt with: mail clients show it as a tag. */
export const handledKeyword = '$DuncanHandled'

/** Connects to an IMAP mailbox. Throws a `mailbox.*` fault with what to do. */
export async function openImapMailbox(settings: ImapSettings, log: Log): Promise<Mailbox> {
  const news = createNews()
  const client = await connectImap(settings, log, news.arrived)
  client.on('exists', ({ count, prevCount }) => count > prevCount && news.arrived())
  let known: Folder[] | undefined
  const folders = async () => (known ??= await findFolders(client, settings))
  const sentFolder = async () => (await folders()).find(({ role }) => role === 'sent')
  /** The next UID of each folder when it was last looked at: a higher one means news. */
  const nextUids = new Map<string, number>()

  const explained = <A extends unknown[], R>(verb: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      try {
        return await verb(...args)
      } catch (error) {
        throw explainImapError(error, settings)
      }
    }
  }

  async function inFolder<R>(path: string, work: () => Promise<R>): Promise<R> {
    const lock = await client.getMailboxLock(path)
    return work().finally(() => lock.release())
  }

  async function* fetchSince(folder: Folder, cursor: FolderCursor): AsyncGenerator<FetchedBatch> {
    const lock = await client.getMailboxLock(folder.path).catch((error: unknown) => {
      throw explainImapError(error, settings)
    })
    try {
      if (client.mailbox) nextUids.set(folder.path, client.mailbox.uidNext)
      if (folder.path === settings.folders[0]) news.seen()
      for await (const batch of fetchSelected(client, folder, cursor)) {
        yield batch
        const next = Number(batch.cursor.lastUid) + 1
        if (next > (nextUids.get(folder.path) ?? 0)) nextUids.set(folder.path, next)
      }
    } catch (error) {
      throw explainImapError(error, settings)
    } finally {
      lock.release()
    }
  }

  return {
    folders: explained(folders),
    fetchSince,
    waitForNews: explained(async signal => {
      const watched = (await folders())[0]?.path ?? 'INBOX'
      const isNewer = await inFolder(watched, async () => client.mailbox && client.mailbox.uidNext > (nextUids.get(watched) ?? 0))
      if (!isNewer) await news.wait(signal, (settings.pollSeconds ?? 30) * 1000)
    }),
    markHandled: explained(async (folder, uid) => {
      const isMarked = await inFolder(folder.path, () => client.messageFlagsAdd(String(uid), [handledKeyword], { uid: true }))
      if (!isMarked) log.info({ folder: folder.path, uid: String(uid) }, 'the mail server keeps no keywords; the mail is not marked as handled')
    }),
    fileSent: explained(async (source, sentAt) => {
      const sent = await sentFolder()
      if (!sent) {
        throw new DuncanError('mailbox.no_sent_folder', 'The mailbox has no folder for sent mail.', 'Set sentFolder of the mailbox to the path of the folder.')
      }
      const isFiled = await client.append(sent.path, source, ['\\Seen'], sentAt)
      if (!isFiled) throw new DuncanError('mailbox.not_filed', 'The mail server did not take the copy of a sent mail.', 'Check the quota of the mailbox.')
    }),
    hasSent: explained(async internetMessageId => {
      const sent = await sentFolder()
      if (!sent) return false
      const found = await inFolder(sent.path, () => client.search({ header: { 'message-id': internetMessageId } }, { uid: true }))
      if (!found) throw new DuncanError('mailbox.search_failed', 'The mail server could not search the Sent folder.', 'Duncan tries again by itself.')
      return found.length > 0
    }),
    close: async () => {
      news.arrived()
      // An orderly goodbye needs an answer, which a dead connection never gives.
      const goodbye = client.usable ? client.logout() : Promise.resolve()
      await Promise.race([goodbye.catch(() => undefined), new Promise<void>(resolve => setTimeout(resolve, 1_000).unref())])
      client.close()
    },
  }
}

async function findFolders(client: ImapFlow, { folders, sentFolder }: ImapSettings): Promise<Folder[]> {
  const listed = await client.list()
  const find = (path: string) => listed.find(folder => folder.path === path || (folder.path.toUpperCase() === 'INBOX' && path.toUpperCase() === 'INBOX'))
  const missing = [...folders, ...(sentFolder && sentFolder !== 'none' ? [sentFolder] : [])].filter(path => !find(path))
  if (missing.length > 0) {
    throw new DuncanError(
      'mailbox.folder_missing',
      `The mailbox has no folder ${missing.join(', ')}.`,
      `Choose from: ${listed.map(({ path }) => path).join(', ')}.`,
    )
  }
  const sent = sentFolder === 'none' ? undefined : (sentFolder ?? listed.find(({ specialUse }) => specialUse === '\\Sent')?.path)
  const chosen = folders.filter(path => path !== sent).map(path => ({ path, role: 'inbox' }) as const)
  return sent === undefined ? chosen : [...chosen, { path: sent, role: 'sent' }]
}
