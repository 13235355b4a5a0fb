import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { DuncanError } from '#platform'
import { checkWorkbook } from './check-workbook.ts'
import { createDecoder } from './code-pages.ts'
import { type Encoding, encodingOfWords, type FoundEncoding, markedEncoding } from './encoding.ts'

/** `isWorkbook`: an Excel file, which is no text. */
export type SourceFile = FoundEncoding & { path: string; size: number; hash: string; isWorkbook: boolean }

const chunkSize = 1 << 17
const newline = 0x0a
const zipSign = Buffer.from('PK\u0003\u0004', 'latin1')

/**
 * Reads a file once: its sha256 (hex), its size, and its encoding when the mapping leaves that open. Throws `import.file` for what
 * cannot be read, is empty, or is no table.
 */
export async function inspectFile(path: string, encoding: Encoding | 'auto', { isPolish = false }: { isPolish?: boolean } = {}): Promise<SourceFile> {
  const start = await readStart(path)
  refuseForeign(start, basename(path))
  const isWorkbook = start.subarray(0, 4).equals(zipSign)
  if (isWorkbook) await checkWorkbook(path, basename(path))
  const given = isWorkbook ? 'utf-8' : encoding === 'auto' ? markedEncoding(start) : encoding
  const sum = createHash('sha256')
  let size = 0
  let isValid = true
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    sum.update(chunk)
    size += chunk.length
    if (given || !isValid) continue
    // Cut at a line's end, where no character is split.
    const end = chunk.lastIndexOf(newline) + 1
    isValid = isUtf8(rest.length > 0 ? Buffer.concat([rest, chunk.subarray(0, end)]) : chunk.subarray(0, end))
    rest = end === 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.subarray(end))
  }
  const file = { path, size, hash: sum.digest('hex'), isWorkbook }
  if (given) return { ...file, encoding: given, isSure: true }
  if (isValid && isUtf8(rest)) return { ...file, encoding: 'utf-8', isSure: true }
  return { ...file, ...(await encodingOfBytes(path, isPolish)) }
}

const mostWords = 5_000

/** Of a file that is not all UTF-8. One that mostly is keeps that name: the rows with broken characters are told when they are read. */
async function encodingOfBytes(path: string, isPolish: boolean): Promise<FoundEncoding> {
  const words = new Set<string>()
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize, encoding: 'latin1' }) as AsyncIterable<string>) {
    for (const [word] of chunk.matchAll(/[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*/g)) words.add(word)
    if (words.size >= mostWords) break
  }
  const bytes = [...words].map(word => Buffer.from(word, 'latin1'))
  const valid = bytes.filter(word => isUtf8(word)).length
  return valid > bytes.length / 2 ? { encoding: 'utf-8', isSure: false } : encodingOfWords(bytes, isPolish)
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

/** What a ledger program or a browser leaves behind under the name of a table. */
function refuseForeign(start: Buffer, name: string): void {
  const text = start.toString('latin1')
  if (text.trim() === '' || text.replace(/^\xef\xbb\xbf|^\xff\xfe|^\xfe\xff/, '').trim() === '')
    throw new DuncanError('import.file', `${name} is empty.`, 'Export it again, and wait until the program has finished writing it.')
  const found = foreign.find(({ sign }) => sign.test(text))
  if (found) throw new DuncanError('import.file', `${name} is ${found.what}, not a table.`, found.remedy)
}

const foreign = [
  {
    sign: /^\xd0\xcf.\xe0/,
    what: 'a workbook of the old Excel format (.xls), or one with a password',
    remedy: 'Open it in Excel and save it as .xlsx without a password or as CSV, or let the export write one of these.',
  },
  { sign: /^(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"/, what: 'JSON', remedy: 'Let the program write CSV, XML or .xlsx.' },
  { sign: /^%PDF/, what: 'a PDF', remedy: 'Export the list as CSV, XML or .xlsx.' },
  { sign: /^\s*<(?:!doctype html|html)/i, what: 'a web page', remedy: 'Often that is a sign-in page in the place of the download: export the list again.' },
]

/** The file's text in pieces, without its byte order mark; `onBytes` hears how far it is. */
export async function* readText(source: SourceFile, onBytes?: (bytes: number) => void): AsyncGenerator<string> {
  const decode = createDecoder(source.encoding)
  let bytes = 0
  for await (const chunk of createReadStream(source.path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    yield decode(chunk)
    onBytes?.(bytes)
  }
  const rest = decode()
  if (rest) yield rest
  if (bytes !== source.size) {
    const remedy = 'Wait until the program that writes it has finished, then import it again; nothing was applied.'
    throw new DuncanError('import.changing', `${basename(source.path)} changed while it was read.`, remedy)
  }
}
