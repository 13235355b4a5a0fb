import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { DuncanError } from '#platform'

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be'
export type SourceFile = { path: string; size: number; hash: string; encoding: Encoding }

const chunkSize = 1 << 17
const newline = 0x0a

/** Reads a file once: its sha256 (hex), its size, and its encoding when the mapping leaves that open. */
export async function inspectFile(path: string, encoding: Encoding | 'auto'): Promise<SourceFile> {
  const start = await readStart(path)
  let guess = encoding === 'auto' ? markedEncoding(start) : encoding
  const sum = createHash('sha256')
  let size = 0
  let isValid = true
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    sum.update(chunk)
    size += chunk.length
    if (guess || !isValid) continue
    // Cut at a line's end, where no character is split.
    const end = chunk.lastIndexOf(newline) + 1
    isValid = isUtf8(rest.length > 0 ? Buffer.concat([rest, chunk.subarray(0, end)]) : chunk.subarray(0, end))
    rest = end === 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.subarray(end))
  }
  // What is not UTF-8 is taken for the one-byte encoding that every Windows program of Western Europe writes.
  guess ??= isValid && isUtf8(rest) ? 'utf-8' : 'windows-1252'
  return { path, size, hash: sum.digest('hex'), encoding: guess }
}

async function readStart(path: string): Promise<Buffer> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    throw new DuncanError('import.file', `The file ${path} cannot be read.`, 'Check its path and rights.', { cause: error })
  }
}

/** The encoding that a byte order mark, or the zero bytes of UTF-16, give away. */
function markedEncoding(start: Buffer): Encoding | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  const zeros = [0, 0]
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const half = start.length / 4
  if ((zeros[1] ?? 0) > half) return 'utf-16le'
  return (zeros[0] ?? 0) > half ? 'utf-16be' : undefined
}

/** The file's text in pieces, without its byte order mark; `onBytes` hears how far it is. */
export async function* readText(source: SourceFile, onBytes?: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(source.encoding)
  let bytes = 0
  for await (const chunk of createReadStream(source.path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    yield decoder.decode(chunk, { stream: true })
    onBytes?.(bytes)
  }
  const rest = decoder.decode()
  if (rest) yield rest
}

/** Text in the encoding of a source file, so that a reject file opens in the program that made the source. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  return Buffer.from(
    text.replace(/[\u0100-\uffff]/g, character => windowsBytes.get(character) ?? '?'),
    'latin1',
  )
}

export const byteOrderMark = (encoding: Encoding): string => (encoding.startsWith('utf-16') ? '\ufeff' : '')

/** The 27 characters that windows-1252 has where latin1 has control codes. */
const windowsBytes = new Map(
  Array.from({ length: 32 }, (_, index) => 0x80 + index).map(
    byte => [new TextDecoder('windows-1252').decode(Buffer.from([byte])), String.fromCharCode(byte)] as const,
  ),
)
