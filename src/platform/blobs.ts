import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DuncanError } from './errors.ts'

export type Blob = { hash: string; size: number }

/**
 * Files named by the sha256 of their content (hex): raw mails, attachments, invoice copies. Written whole or not at all: no crash
 * of Duncan leaves half a file. They are not flushed to the disk one by one, which would take longer than reading the mail: when
 * the power fails, those of the last half minute may be gone or cut while the database knows of them. The mail server still has
 * their mails, `put` writes a file anew whose size is wrong, and a mail whose file is gone becomes a card that says so.
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
  async function keep(write: (temporary: string) => Promise<string>): Promise<void> {
    const temporary = join(folder, `${randomUUID()}.part`)
    await folderOf(temporary)
    try {
      const target = path(await write(temporary))
      await folderOf(target)
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }

  async function putBuffer(content: Buffer): Promise<Blob> {
    const hash = createHash('sha256').update(content).digest('hex')
    if ((await sizeOf(path(hash))) === content.length && (await touch(path(hash)))) return { hash, size: content.length }
    await keep(async temporary => {
      await writeFile(temporary, content)
      return hash
    })
    return { hash, size: content.length }
  }

  async function putStream(content: Readable): Promise<Blob> {
    const sum = createHash('sha256')
    let size = 0
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        sum.update(chunk)
        size += chunk.length
        done(null, chunk)
      },
    })
    let hash = ''
    await keep(async temporary => {
      await pipeline(content, measure, createWriteStream(temporary))
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
