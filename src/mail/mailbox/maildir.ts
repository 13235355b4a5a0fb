import { randomUUID } from 'node:crypto'
import { createReadStream, type FSWatcher, watch } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { DuncanError, errorText } from '#platform'
import type { FetchedBatch, FetchedMail, Folder, FolderCursor, Mailbox } from './mailbox.ts'
import { assignUids, baseName, readUids } from './maildir-uids.ts'
import { createNews } from './news.ts'

export type MaildirSettings = { path: string; folders: string[]; pollSeconds?: number | undefined }

type MaildirFile = { path: string; base: string }
type SizedFile = MaildirFile & { size: number; modified: Date; modifiedMs: number }

const batchLimit = { mails: 200, bytes: 16 * 1024 * 1024 }
const streamedFrom = 4 * 1024 * 1024
const headersAreIn = 64 * 1024

/** Opens a Maildir (Maildir++ layout: folders are `.Name` beside `new` and `cur`) and makes its folders when missing. */
export async function openMaildirMailbox({ path, folders, pollSeconds = 5 }: MaildirSettings): Promise<Mailbox> {
  const sent: Folder = { path: 'Sent', role: 'sent' }
  const all: Folder[] = [...folders.filter(name => name !== sent.path).map(name => ({ path: name, role: 'inbox' }) as const), sent]
  const folderPath = (name: string) => (name === 'INBOX' ? path : join(path, `.${name.replaceAll('/', '.')}`))
  await makeFolders(all.map(folder => folderPath(folder.path)))

  const news = createNews()
  // inotify sees the rename into new/ at once; the poll is for file systems that tell nothing (network mounts).
  const watchers = all.flatMap(folder => ['new', 'cur'].flatMap(name => tryWatch(join(folderPath(folder.path), name), news.arrived)))

  async function* fetchSince(folder: Folder, cursor: FolderCursor): AsyncGenerator<FetchedBatch> {
    // A round begins with the first folder: what arrives anywhere from here on is for the next round.
    if (folder.path === all[0]?.path) news.seen()
    const home = folderPath(folder.path)
    const uids = await readUids(home)
    const files = await listFiles(home)
    const unknown = await withSizes(files.filter(file => !uids.byName.has(file.base)))
    unknown.sort((a, b) => a.modifiedMs - b.modifiedMs || (a.base < b.base ? -1 : 1))
    await assignUids(home, uids, [...new Set(unknown.map(file => file.base))])

    const after = cursor.uidValidity === uids.uidValidity ? cursor.lastUid : 0n
    const uidOf = (file: MaildirFile) => uids.byName.get(file.base) ?? 0n
    const wanted = await withSizes(files.filter(file => uidOf(file) > after))
    wanted.sort((a, b) => Number(uidOf(a) - uidOf(b)))
    let mails: FetchedMail[] = []
    let bytes = 0
    for (const file of wanted) {
      const source = await readSource(file)
      if (!source) continue // a colleague moved or deleted it meanwhile
      mails.push({ uid: uidOf(file), uidValidity: uids.uidValidity, internalDate: file.modified, size: file.size, flags: [], source })
      bytes += file.size
      if (mails.length < batchLimit.mails && bytes < batchLimit.bytes) continue
      yield { folder, mails, cursor: { uidValidity: uids.uidValidity, lastUid: uidOf(file), highestModseq: null } }
      mails = []
      bytes = 0
    }
    if (mails.length === 0 && cursor.uidValidity === uids.uidValidity) return
    const last = wanted.at(-1)
    yield { folder, mails, cursor: { uidValidity: uids.uidValidity, lastUid: last ? uidOf(last) : after, highestModseq: null } }
  }

  return {
    folders: async () => all,
    fetchSince,
    waitForNews: signal => news.wait(signal, pollSeconds * 1000),
    markHandled: async (folder, uid) => {
      const home = folderPath(folder.path)
      const uids = await readUids(home)
      const file = (await listFiles(home)).find(({ base }) => uids.byName.get(base) === uid)
      if (!file) return
      // "Seen": in a colleague's client the mail is no longer unread. Flags are kept in ASCII order, as the format asks.
      const flags = [...new Set([...(file.path.split(':2,')[1] ?? '').split(''), 'S'])].toSorted().join('')
      await rename(file.path, join(home, 'cur', `${file.base}:2,${flags}`))
    },
    fileSent: async (source, sentAt) => {
      const home = folderPath(sent.path)
      const name = `${sentAt.getTime()}.${randomUUID()}.duncan`
      const temporary = join(home, 'tmp', name)
      await writeFile(temporary, source)
      await utimes(temporary, sentAt, sentAt)
      await rename(temporary, join(home, 'cur', `${name}:2,S`))
    },
    hasSent: async internetMessageId => {
      const files = await withSizes(await listFiles(folderPath(sent.path)))
      files.sort((a, b) => b.modified.getTime() - a.modified.getTime())
      for (const file of files) {
        const headers = await readStart(file.path, headersAreIn)
        if (messageIdOf(headers) === internetMessageId) return true
      }
      return false
    },
    close: async () => {
      for (const watcher of watchers) watcher.close()
      news.arrived()
    },
  }
}

async function makeFolders(folders: string[]): Promise<void> {
  try {
    for (const folder of folders) {
      for (const name of ['tmp', 'new', 'cur']) await mkdir(join(folder, name), { recursive: true })
    }
  } catch (error) {
    throw new DuncanError(
      'mailbox.maildir_unusable',
      `The Maildir ${folders[0]} cannot be used: ${errorText(error)}`,
      'Let the user that Duncan runs as read and write it, or correct its path.',
      { cause: error },
    )
  }
}

function tryWatch(folder: string, onChange: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, onChange)
    watcher.on('error', () => watcher.close())
    return [watcher]
  } catch {
    return [] // no watches left on this machine: the poll finds the mail
  }
}

async function listFiles(home: string): Promise<MaildirFile[]> {
  const listed = await Promise.all(
    ['new', 'cur'].map(async sub => {
      const names = await readdir(join(home, sub))
      return names.filter(name => !name.startsWith('.')).map(name => ({ path: join(home, sub, name), base: baseName(name) }))
    }),
  )
  return listed.flat()
}

/** Sizes and times of the files that still stand where they were listed. */
async function withSizes(files: MaildirFile[]): Promise<SizedFile[]> {
  const sized: SizedFile[] = []
  for (const file of files) {
    const found = await stat(file.path).catch(() => undefined)
    if (found?.isFile()) sized.push({ ...file, size: found.size, modified: found.mtime, modifiedMs: found.mtimeMs })
  }
  return sized
}

async function readSource(file: SizedFile): Promise<Buffer | Readable | undefined> {
  if (file.size < streamedFrom) return readFile(file.path).catch(() => undefined)
  const handle = await open(file.path).catch(() => undefined)
  return handle?.createReadStream()
}

async function readStart(path: string, bytes: number): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: bytes - 1 })) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('latin1')
}

function messageIdOf(source: string): string | undefined {
  const headers = source.split(/\r?\n\r?\n/, 1)[0] ?? ''
  return /^message-id:\s*(<[^>]*>)/im.exec(headers)?.[1]
}
