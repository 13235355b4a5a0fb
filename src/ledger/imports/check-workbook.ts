import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'
import { DuncanError } from '#platform'

const localHeader = 0x04034b50
const descriptor = 0x08074b50
const mostParts = 10_000
const largest = 2_000_000_000 // bytes of all parts, unpacked
const largestHeld = 200_000_000 // of a part that is held in memory: texts, styles
const longestText = 4_000_000 // bytes of XML without a tag; a cell of Excel holds 32,767 characters

type Part = { name: string; size: number; next: number }

/**
 * Unpacks a workbook once and forgets it, since what a zip archive says of its own size may be a lie. Throws `import.file` for what
 * unpacks to more than a ledger can be, and for zip archives that are something else.
 */
export async function checkWorkbook(path: string, fileName: string): Promise<void> {
  await using file = await open(path)
  const names: string[] = []
  let size = 0
  for (let at = 0; ; ) {
    const part = await readPart(file, path, at, fileName)
    if (!part) break
    names.push(part.name)
    size += part.size
    at = part.next
    if (size > largest || names.length > mostParts) throw tooLarge(fileName)
  }
  if (names.includes('xl/workbook.xml')) return
  const found = others.find(({ part }) => names.some(name => part.test(name)))
  throw new DuncanError(
    'import.file',
    `${fileName} is ${found?.what ?? 'a zip archive'}, not an Excel workbook.`,
    found?.remedy ?? 'Unpack it, and import the file inside.',
  )
}

const others = [
  { part: /^xl\/workbook\.bin$/, what: 'a binary workbook (.xlsb)', remedy: 'Open it in Excel and save it as .xlsx or as CSV.' },
  { part: /^content\.xml$/, what: 'an OpenDocument file', remedy: 'Open it and save it as .xlsx or as CSV.' },
  { part: /^word\//, what: 'a Word document', remedy: 'Export the list as CSV, XML or .xlsx.' },
  { part: /^Index\/.*\.iwa$/, what: 'a file of Numbers', remedy: 'Export it from Numbers as .xlsx or as CSV.' },
]

const tooLarge = (fileName: string): DuncanError =>
  new DuncanError(
    'import.file',
    `${fileName} unpacks to far more than a list of invoices is.`,
    'Check where it comes from; export the list again, as CSV if it is that long.',
  )
const broken = (fileName: string, cause?: unknown): DuncanError =>
  new DuncanError('import.file', `${fileName} cannot be unpacked: it is damaged or not complete.`, 'Open it in Excel and save it again, or save it as CSV.', {
    cause,
  })

/** The part whose local header (APPNOTE.TXT 4.3.7) stands at an offset, unpacked to count its bytes; undefined behind the last one. */
async function readPart(file: FileHandle, path: string, at: number, fileName: string): Promise<Part | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(30), 0, 30, at)
  if (bytesRead < 30 || buffer.readUInt32LE(0) !== localHeader) {
    if (at === 0 || bytesRead < 4) throw broken(fileName)
    return undefined
  }
  const [flags, method, packed] = [buffer.readUInt16LE(6), buffer.readUInt16LE(8), buffer.readUInt32LE(18)]
  const [nameLength, extraLength] = [buffer.readUInt16LE(26), buffer.readUInt16LE(28)]
  const name = (await file.read(Buffer.alloc(nameLength), 0, nameLength, at + 30)).buffer.toString('utf8')
  const from = at + 30 + nameLength + extraLength
  const hasDescriptor = (flags & 8) !== 0
  if (method === 0 && !hasDescriptor) return { name, size: packed, next: from + packed }
  if (method !== 8) throw broken(fileName)
  const { size, read } = await unpack(path, from, name, fileName)
  return { name, size, next: from + read + (hasDescriptor ? await descriptorLength(file, from + read, read) : 0) }
}

/** The sizes behind a part (4.3.9): with or without a signature, of four bytes each or of eight. */
async function descriptorLength(file: FileHandle, at: number, packed: number): Promise<number> {
  const { buffer } = await file.read(Buffer.alloc(24), 0, 24, at)
  const signature = buffer.readUInt32LE(0) === descriptor ? 4 : 0
  const isLong = buffer.readUInt32LE(signature + 8) === 0 && buffer.readUInt32LE(signature + 4) === packed && packed !== 0
  return signature + (isLong ? 20 : 12)
}

async function unpack(path: string, start: number, name: string, fileName: string): Promise<{ size: number; read: number }> {
  const inflate = createInflateRaw()
  const source = createReadStream(path, { start })
  source.on('error', error => inflate.destroy(error))
  const most = name.startsWith('xl/worksheets/') ? largest : largestHeld
  const isXml = /\.(?:xml|rels)$/.test(name)
  let [size, withoutTag] = [0, 0]
  try {
    for await (const piece of source.pipe(inflate) as AsyncIterable<Buffer>) {
      size += piece.length
      withoutTag = piece.includes('<') ? 0 : withoutTag + piece.length
      if (size > most || (isXml && withoutTag > longestText)) throw tooLarge(fileName)
    }
  } catch (error) {
    throw error instanceof DuncanError ? error : broken(fileName, error)
  } finally {
    source.destroy()
    inflate.destroy()
  }
  return { size, read: inflate.bytesWritten }
}
