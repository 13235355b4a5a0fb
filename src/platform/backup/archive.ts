import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Header } from 'tar'
import { z } from 'zod'
import { DuncanError } from '../errors.ts'

// A backup is a tar archive that any tar can list: backup.json, tables/<table>/<part>.copy in the order in which they can be
// loaded, blobs/<xx>/<sha256>, and at the very end complete.json, without which it was cut off.

/** The first entry: what the backup is of, and which schema its tables have. */
export const opening = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  sequences: z.record(z.string(), z.int()),
})
export type Opening = z.infer<typeof opening>

/** The last entry: what must have been read by then. Names of missing and damaged blobs are of files that were so at the time of the backup. */
export const closing = z.object({
  contents: z.record(z.string(), z.object({ rows: z.int(), sha256: z.string() })),
  blobs: z.int(),
  missing: z.array(z.string()),
  damaged: z.array(z.string()),
})
export type Closing = z.infer<typeof closing>

const block = 512

/** One file of the archive, as chunks. Its size must be known beforehand: it stands in front of the content. */
export async function* entry(path: string, size: number, content: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const header = Buffer.alloc(block)
  new Header({ path, size, mode: 0o600, type: 'File', mtime: new Date(0), uid: 0, gid: 0 }).encode(header)
  yield header
  yield* content
  const rest = size % block
  if (rest > 0) yield Buffer.alloc(block - rest)
}

/** What ends a tar archive. */
export const endOfArchive = Buffer.alloc(2 * block)

export type ArchiveEntry = { path: string; size: number; content: AsyncGenerator<Buffer> }

/** The files of an archive in order, plain or gzipped; what of a content is not taken is skipped. Throws `backup.damaged`. */
export async function* entriesOf(file: string): AsyncGenerator<ArchiveEntry> {
  const bytes = byteReader(await openArchive(file))
  for (;;) {
    const raw = await bytes.exactly(block)
    const header = readHeader(raw)
    if (header?.nullBlock) return
    if (!header?.cksumValid || header.size === undefined) throw damagedBackup('a header of the archive is damaged')
    const size = header.size
    let left = size
    const content = (async function* () {
      while (left > 0) {
        const chunk = await bytes.atMost(left)
        left -= chunk.length
        yield chunk
      }
    })()
    yield { path: header.path ?? '', size, content }
    while (left > 0) left -= (await bytes.atMost(left)).length
    await bytes.exactly((block - (size % block)) % block)
  }
}

function readHeader(raw: Buffer): Header | undefined {
  try {
    return new Header(raw)
  } catch {
    return undefined // numbers that are none
  }
}

/** The whole of a small entry. */
export async function contentOf({ size, content }: ArchiveEntry): Promise<Buffer> {
  if (size > 64 * 1024 * 1024) throw damagedBackup('an entry of the archive is larger than any backup has')
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export const damagedBackup = (problem: string, cause?: unknown): DuncanError =>
  new DuncanError('backup.damaged', `This backup cannot be used: ${problem}.`, 'Take another backup; nothing was restored from this one.', { cause })

async function openArchive(file: string): Promise<AsyncIterator<Buffer>> {
  const handle = await open(file)
  const { buffer: magic } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  await handle.close()
  const source = createReadStream(file, { highWaterMark: 1 << 20 })
  const isZipped = magic.equals(Buffer.from([0x1f, 0x8b]))
  const stream = isZipped ? pipeline(source, createGunzip({ chunkSize: 1 << 18 }), () => undefined) : source
  return stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
}

function byteReader(chunks: AsyncIterator<Buffer>) {
  let held: Buffer = Buffer.alloc(0)
  const atMost = async (count: number): Promise<Buffer> => {
    while (held.length === 0) {
      const next = await chunks.next().catch((error: unknown) => Promise.reject(damagedBackup('it cannot be read to its end', error)))
      if (next.done) throw damagedBackup('it was cut off')
      held = next.value
    }
    const taken = held.subarray(0, count)
    held = held.subarray(taken.length)
    return taken
  }
  const exactly = async (count: number): Promise<Buffer> => {
    const parts: Buffer[] = []
    for (let left = count; left > 0; left -= parts.at(-1)?.length ?? 0) parts.push(await atMost(left))
    return Buffer.concat(parts)
  }
  return { atMost, exactly }
}
