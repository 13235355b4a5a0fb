import { readFile, stat } from 'node:fs/promises'
import type { Log } from '#platform'
import type { Logo } from './cover.ts'

const largest = 1_000_000 // bytes

/** A company's logo from its file; undefined when there is none, or it is no picture that both forms can show: a report goes out without it. */
export async function readLogo(path: string | undefined, log: Log): Promise<Logo | undefined> {
  if (path === undefined) return undefined
  try {
    const { size } = await stat(path)
    const content = size <= largest ? await readFile(path) : Buffer.alloc(0)
    const type = typeOf(content)
    if (type) return { content, type }
    log.warn({ bytes: size }, 'the logo is no PNG or JPEG of at most a megabyte')
  } catch (error) {
    log.warn({ err: error }, 'the logo could not be read')
  }
  return undefined
}

function typeOf(content: Buffer): Logo['type'] | undefined {
  if (content.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'png'
  return content.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')) ? 'jpeg' : undefined
}

/** The width and height of a picture in its own pixels, by its header; undefined where it has none. */
export function pictureSize({ content, type }: Logo): { width: number; height: number } | undefined {
  if (type === 'png') return content.length < 24 ? undefined : { width: content.readUInt32BE(16), height: content.readUInt32BE(20) }
  // JPEG: segments of a marker and a length, until the frame header (SOF0 to SOF15 but DHT, JPG and DAC), which holds the size.
  for (let at = 2; at + 9 < content.length && content[at] === 0xff; at += 2 + content.readUInt16BE(at + 2)) {
    const marker = content[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: content.readUInt16BE(at + 7), height: content.readUInt16BE(at + 5) }
  }
  return undefined
}
