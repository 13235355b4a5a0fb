import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { DuncanError } from './errors.ts'

export type Blob = { hash: string; size: number }

/**
 * Files named by the sha256 of their content (hex): raw mails, attachments, invoice copies. Written whole or not at all, and on the
 * disk, name and content, when `put` resolves: a row that names a file is written afterwards, so no power failure leaves a row without
 * its file. Should a disk lie about that, `put` writes a file anew whose size is wrong, and a mail whose file is gone becomes a card
 * that says so. `put` throws `disk.full`.
 */
export type Blobs = {
  put: (content: Buffer | Readable) => Promise<Blob>
  read: (hash: string) => Promise<Buffer>
  stream: (hash: string) => Readable
  has: (hash: string) => Promise<boolean>
  /** In bytes; undefined when there is no such file. */
  size: (hash: string) => Promise<number | undefined>
  /** Where the file lies, for a worker thread that parses it. */
  path: (hash: string) => string
}

export function createBlobs(folder: string): Blobs {
  const path = (hash: string) => {
    if (!/^[0-9a-f]{64}$/.test(hash))
      throw new DuncanError('blob.name', 'A stored file was asked for by something that is no hash.', 'This is a fault in Duncan; please report it.')
    return join(folder, hash.slice(0, 2), hash)
  }
  const folders = new Map<string, Promise<unknown>>()
  const folderOf = (file: string) => {
    const parent = dirname(file)
    const known = folders.get(parent)
    if (known) return known
    const made = mkdir(parent, { recursive: true })
    folders.set(parent, made)
    made.catch(() => folders.delete(parent)) // a full disk may have room again later
    return made
  }

  /** Writes aside and renames into place, so that no reader ever sees half a file; nothing stays behind when it fails. */
  async function keep(write: (file: FileHandle) => Promise<string>): Promise<void> {
    const temporary = join(folder, `${randomUUID()}.part`)
    await folderOf(temporary)
    const file = await open(temporary, 'wx')
    try {
      const target = path(await write(file))
      await folderOf(target)
      await rename(temporary, target)
      // Once and after the rename: the file systems of Linux bring the name to the disk along with the content (ext4, XFS, btrfs).
      await file.sync()
    } catch (error) {
      await rm(temporary, { force: true })
      throw isDiskFull(error) ? diskFull(error) : error
    } finally {
      await file.close()
    }
  }

  async function putBuffer(content: Buffer): Promise<Blob> {
    const hash = createHash('sha256').update(content).digest('hex')
    if ((await sizeOf(path(hash))) === content.length && (await touch(path(hash)))) return { hash, size: content.length }
    await keep(async file => {
      await file.writeFile(content)
      return hash
    })
    return { hash, size: content.length }
  }

  async function putStream(content: Readable): Promise<Blob> {
    const sum = createHash('sha256')
    let size = 0
    let hash = ''
    await keep(async file => {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        sum.update(chunk)
        size += chunk.length
        await file.appendFile(chunk)
      }
      hash = sum.digest('hex')
      return hash
    })
    return { hash, size }
  }

  return {
    put: content => (content instanceof Readable ? putStream(content) : putBuffer(content)),
    read: async hash => readFile(path(hash)),
    stream: hash => createReadStream(path(hash)),
    has: async hash => exists(path(hash)),
    size: async hash => sizeOf(path(hash)),
    path,
  }
}

const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')

const diskFull = (cause: unknown): DuncanError =>
  new DuncanError('disk.full', 'The disk under the data folder is full.', 'Free space or enlarge the disk; Duncan goes on by itself.', { cause })

const sizeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  )

/** Makes a file as new, so that nothing collects it before its row is written; false when it is gone. */
const touch = async (file: string): Promise<boolean> => {
  const now = new Date()
  return utimes(file, now, now).then(
    () => true,
    () => false,
  )
}

const exists = async (file: string): Promise<boolean> => (await sizeOf(file)) !== undefined
