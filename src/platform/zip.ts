import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'
import { DuncanError } from './errors.ts'

const most = 0xffff_ffff // bytes, and 65535 files: beyond them the format needs its 64 bit form, which not every program reads
const firstDay = 0x21 // 1 January 1980, where the format's days begin

/** One file of a zip file. Only one at a time is open. */
type ZipEntry = { write: (bytes: Buffer) => Promise<void>; end: () => Promise<void> }

export type Zip = {
  open: (name: string) => ZipEntry
  /** Writes the directory: without it the file is none. */
  end: () => Promise<void>
}

/**
 * A zip file (APPNOTE.TXT 4.3) that is written from front to end, however much passes through: `sink` takes its bytes in order, and
 * nobody writes faster than it takes them. `level` from 1, fast, to 9, small. Throws `zip.too_large`.
 */
export function createZip(sink: (bytes: Buffer) => Promise<void>, level = 6): Zip {
  const directory: Buffer[] = []
  let at = 0
  const put = async (bytes: Buffer) => {
    at += bytes.length
    if (at > most) throw tooLarge()
    await sink(bytes)
  }

  return {
    open: name => {
      const bytesOfName = Buffer.from(name)
      const start = at
      const pack = createDeflateRaw({ level })
      let [sum, size, packed] = [0, 0, 0]
      const packing = (async () => {
        await put(Buffer.concat([Buffer.from('PK\x03\x04'), factsOf(bytesOfName), bytesOfName]))
        for await (const chunk of pack as AsyncIterable<Buffer>) {
          packed += chunk.length
          await put(chunk)
        }
      })()
      let failure: unknown
      packing.catch((error: unknown) => (failure = error)) // thrown by `write` and `end`
      return {
        write: async bytes => {
          if (failure) throw failure
          sum = crc32(bytes, sum)
          size += bytes.length
          if (size > most) throw tooLarge()
          if (!pack.write(bytes)) await Promise.race([once(pack, 'drain'), packing])
        },
        end: async () => {
          pack.end()
          await packing
          const facts = factsOf(bytesOfName, { sum, packed, size })
          // What it turned out to be stands behind it, as flag 3 says.
          await put(Buffer.concat([Buffer.from('PK\x07\x08'), facts.subarray(10, 22)]))
          const place = Buffer.alloc(14) // no comment, first disk, no attributes
          place.writeUInt32LE(start, 10)
          directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, bytesOfName]))
          if (directory.length > 0xffff) throw tooLarge()
        },
      }
    },
    end: async () => {
      const index = Buffer.concat(directory)
      const end = Buffer.alloc(18)
      end.writeUInt16LE(directory.length, 4)
      end.writeUInt16LE(directory.length, 6)
      end.writeUInt32LE(index.length, 8)
      end.writeUInt32LE(at, 12)
      await put(Buffer.concat([index, Buffer.from('PK\x05\x06'), end]))
    },
  }
}

/** Version 2.0, sizes behind the content, names in UTF-8, deflate, time, day, checksum, sizes, length of the name, nothing extra. */
function factsOf(name: Buffer, { sum, packed, size } = { sum: 0, packed: 0, size: 0 }): Buffer {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(0x0808, 2)
  facts.writeUInt16LE(8, 4)
  facts.writeUInt16LE(firstDay, 8)
  facts.writeUInt32LE(sum, 10)
  facts.writeUInt32LE(packed, 14)
  facts.writeUInt32LE(size, 18)
  facts.writeUInt16LE(name.length, 22)
  return facts
}

const tooLarge = () =>
  new DuncanError('zip.too_large', 'This is too much for a zip file or a workbook.', 'Write it to a folder or in another format, or in parts.')
