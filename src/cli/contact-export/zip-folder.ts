import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'
import { DuncanError } from '#platform'

const deflate = promisify(deflateRaw)
const most = 0xffff_ffff // bytes, and 65535 files: beyond them the format needs its 64 bit form, which not every program reads
const firstDay = 0x21 // 1 January 1980, where the format's days begin

/** Packs the files of a folder into a new zip file (APPNOTE.TXT 4.3). Throws `contact.zip` for what stands already or is too large. */
export async function zipFolder(folder: string, target: string): Promise<void> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
  const paths = files.map(entry => join(entry.parentPath, entry.name)).toSorted()
  const zip = await open(target, 'wx', 0o600).catch((error: unknown) => {
    throw new DuncanError('contact.zip', `${target} cannot be made.`, 'Name a file that does not exist yet, in a folder that does.', { cause: error })
  })
  try {
    const directory: Buffer[] = []
    let at = 0
    for (const path of paths) {
      const content = await readFile(path)
      const packed = await deflate(content)
      const name = Buffer.from(path.slice(folder.length + 1).replaceAll('\\', '/'))
      if (at + packed.length > most || paths.length > 0xffff)
        throw new DuncanError('contact.zip', 'This is too much for a zip file.', 'Export to a folder instead.')
      // Version 2.0, names in UTF-8, deflate, time, day, checksum, sizes, length of the name, nothing extra.
      const facts = Buffer.alloc(26)
      facts.writeUInt16LE(20, 0)
      facts.writeUInt16LE(0x0800, 2)
      facts.writeUInt16LE(8, 4)
      facts.writeUInt16LE(firstDay, 8)
      facts.writeUInt32LE(crc32(content), 10)
      facts.writeUInt32LE(packed.length, 14)
      facts.writeUInt32LE(content.length, 18)
      facts.writeUInt16LE(name.length, 22)
      const place = Buffer.alloc(14) // no comment, first disk, no attributes
      place.writeUInt32LE(at, 10)
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, packed])
      directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, name]))
      await zip.writeFile(local)
      at += local.length
    }
    const index = Buffer.concat(directory)
    const end = Buffer.alloc(18)
    end.writeUInt16LE(paths.length, 4)
    end.writeUInt16LE(paths.length, 6)
    end.writeUInt32LE(index.length, 8)
    end.writeUInt32LE(at, 12)
    await zip.writeFile(Buffer.concat([index, Buffer.from('PK\x05\x06'), end]))
    await zip.sync()
  } finally {
    await zip.close()
  }
}
