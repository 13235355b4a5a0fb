import { createReadStream } from 'node:fs'
import { type FileHandle, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { DuncanError } from '#platform'

const most = 0xffff_ffff // bytes, and 65535 files: beyond them the format needs its 64 bit form, which not every program reads
const firstDay = 0x21 // 1 January 1980, where the format's days begin

/**
 * Packs the files of a folder into a new zip file (APPNOTE.TXT 4.3), readable by its owner alone; a file that cannot be finished goes.
 * Throws `contact.zip` for what stands already or is too large.
 */
export async function zipFolder(folder: string, target: string): Promise<void> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
  const paths = files.map(entry => join(entry.parentPath, entry.name)).toSorted()
  const zip = await open(target, 'wx', 0o600).catch((error: unknown) => {
    throw new DuncanError('contact.zip', `${target} cannot be made.`, 'Name a file that does not exist yet, in a folder that does.', { cause: error })
  })
  try {
    await pack(zip, folder, paths)
  } catch (error) {
    await rm(target, { force: true })
    throw error
  } finally {
    await zip.close()
  }
}

async function pack(zip: FileHandle, folder: string, paths: string[]): Promise<void> {
  const directory: Buffer[] = []
  let at = 0
  for (const path of paths) {
    const name = Buffer.from(path.slice(folder.length + 1).replaceAll('\\', '/'))
    const start = at
    at += 30 + name.length
    let [sum, size] = [0, 0]
    async function* counted(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        sum = crc32(chunk, sum)
        size += chunk.length
        yield chunk
      }
    }
    await pipeline(createReadStream(path), counted, createDeflateRaw(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        await writeAt(zip, chunk, at)
        at += chunk.length
      }
    })
    const packed = at - start - 30 - name.length
    if (at > most || size > most || paths.length > 0xffff)
      throw new DuncanError('contact.zip', 'This is too much for a zip file.', 'Export to a folder instead.')
    const facts = factsOf(sum, packed, size, name.length)
    // What the content turned out to be goes in front of it.
    await writeAt(zip, Buffer.concat([Buffer.from('PK\x03\x04'), facts, name]), start)
    const place = Buffer.alloc(14) // no comment, first disk, no attributes
    place.writeUInt32LE(start, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, name]))
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(paths.length, 4)
  end.writeUInt16LE(paths.length, 6)
  end.writeUInt32LE(index.length, 8)
  end.writeUInt32LE(at, 12)
  await writeAt(zip, Buffer.concat([index, Buffer.from('PK\x05\x06'), end]), at)
  await zip.sync()
}

/** Version 2.0, names in UTF-8, deflate, time, day, checksum, sizes, length of the name, nothing extra. */
function factsOf(sum: number, packed: number, size: number, nameLength: number): Buffer {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(0x0800, 2)
  facts.writeUInt16LE(8, 4)
  facts.writeUInt16LE(firstDay, 8)
  facts.writeUInt32LE(sum, 10)
  facts.writeUInt32LE(packed, 14)
  facts.writeUInt32LE(size, 18)
  facts.writeUInt16LE(nameLength, 22)
  return facts
}

async function writeAt(zip: FileHandle, bytes: Buffer, place: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await zip.write(bytes, done, bytes.length - done, place + done)).bytesWritten
}
