import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type Blob = { hash: string; size: number }

/** Files named by the sha256 of their content (hex): raw mails, attachments, invoice copies. Written whole or not at all. */
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
  const path = (hash: string) => join(folder, hash.slice(0, 2), hash)
  const folders = new Map<string, Promise<unknown>>()
  const folderOf = (file: string) => {
    const parent = dirname(file)
    const made = folders.get(parent) ?? mkdir(parent, { recursive: true })
    folders.set(parent, made)
    return made
  }

  /** Renames a finished file into place, so that no reader ever sees half of one. */
  const keep = async (temporary: string, hash: string) => {
    await folderOf(path(hash))
    await rename(temporary, path(hash))
  }

  async function putBuffer(content: Buffer): Promise<Blob> {
    const hash = createHash('sha256').update(content).digest('hex')
    if (!(await exists(path(hash)))) {
      const temporary = join(folder, `${randomUUID()}.part`)
      await folderOf(temporary)
      await writeFile(temporary, content)
      await keep(temporary, hash)
    }
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
    const temporary = join(folder, `${randomUUID()}.part`)
    await folderOf(temporary)
    try {
      await pipeline(content, measure, createWriteStream(temporary))
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    const hash = sum.digest('hex')
    await keep(temporary, hash)
    return { hash, size }
  }

  return {
    put: content => (content instanceof Readable ? putStream(content) : putBuffer(content)),
    read: hash => readFile(path(hash)),
    stream: hash => createReadStream(path(hash)),
    has: hash => exists(path(hash)),
    size: hash => sizeOf(path(hash)),
    path,
  }
}

const sizeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  )

const exists = async (file: string): Promise<boolean> => (await sizeOf(file)) !== undefined
