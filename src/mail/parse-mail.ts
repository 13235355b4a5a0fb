import { createReadStream } from 'node:fs'
import { convert, type FormatCallback } from 'html-to-text'
import { type AddressObject, type AttachmentStream, MailParser, type MessageText } from 'mailparser'
import type { MailAddress, ParsedMail } from './parsed-mail.ts'
import { readHeaders } from './read-headers.ts'
import { isIndent } from './reply/html-quotes.ts'
import { type SetAside, setRunsAside } from './set-aside.ts'

/** What Duncan asks of mailparser; the benchmark gives the bare parser the same. */
export const parserOptions = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  keepDeliveryStatus: true,
  // A mail attached to a mail is an attachment: its text is not the sender's.
  ignoreEmbedded: true,
  checksumAlgo: 'sha256',
  maxHeadSize: 1024 * 1024,
  maxChildNodes: 1000,
}

// Beyond these a mail is hostile or broken; the raw source keeps the rest. Lengths in UTF-16 units; those of indexed
// columns keep below what a PostgreSQL index row can hold (2,704 bytes).
const limits = { text: 500_000, html: 1_000_000, subject: 600, id: 500, address: 320, name: 300, fileName: 250, contentType: 120 }
const counts = { references: 50, addresses: 200, headers: 400, attachments: 1_000, headerValue: 4_000, reportPart: 64 * 1024 }

const reportTypes = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'text/rfc822-headers',
  'message/rfc822',
  'message/rfc822-headers',
  'message/global',
  'message/global-headers',
  'message/disposition-notification',
])

type Decoder = { libmime: { decodeWords: (text: string) => string } }

// MIME is mailparser's business, although a reader of our own for regular mails was measured to take a quarter of its time: mail is
// hostile, and a library that the world's mail goes through has met more of it than we have. The one thing that it is spared are the
// lines of long base64 attachments, of which it would make the bytes that we make at once; see `set-aside.ts`.

/** Parses a source (bytes, or a file's path). What cannot be read is named in `problem`; never rejects on account of the mail. */
export async function parseMail(source: Buffer | string): Promise<ParsedMail> {
  const short = Buffer.isBuffer(source) ? setRunsAside(source) : undefined
  if (short) {
    const read = await readParts(short.source)
    if (read.problems.length === 0 && putBack(short.runs, read.parts)) return toParsedMail(read)
  }
  const read = await readParts(source)
  if (read.parts.lines.length === 0) return readHeaders(await startOf(source), read.problems[0] ?? 'the mail has no headers')
  return toParsedMail(read)
}

/** Parses a source with mailparser alone: what `parseMail` has to answer, too. */
async function readParts(source: Buffer | string): Promise<ReadParts> {
  const parser = new MailParser(parserOptions)
  const problems: string[] = []
  const parts: MailParts = { headers: new Map(), lines: [], text: undefined, html: undefined, attachments: [], reportParts: [] }

  await new Promise<void>(resolve => {
    parser.on('headers', headers => {
      parts.headers = headers
      parts.lines = (parser as unknown as { headerLines: HeaderLine[] }).headerLines
    })
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type === 'attachment') takeAttachment(part, parts)
      else takeText(part, parts)
    })
    parser.on('error', (error: Error) => {
      problems.push(`the mail is broken: ${error.message}`)
      resolve()
    })
    parser.on('end', resolve)
    if (Buffer.isBuffer(source)) {
      parser.end(source)
    } else {
      const file = createReadStream(source, { highWaterMark: 1024 * 1024 })
      file.on('error', (error: Error) => parser.emit('error', error))
      file.pipe(parser)
    }
  })
  parser.on('error', () => undefined) // a second one, after the mail was given up
  return { parts, decoder: parser as unknown as Decoder, problems }
}

/** Gives the attachments whose runs were set aside what their own bytes are; false when one of the runs was something else. */
function putBack(runs: SetAside[], { attachments }: MailParts): boolean {
  const byHash = new Map(attachments.map(({ part }) => [part.checksum, part]))
  return runs.every(({ tokenHash, size, hash }) => {
    const part = byHash.get(tokenHash)
    if (!part || reportTypes.has(part.contentType)) return false
    part.size = size
    part.checksum = hash
    return true
  })
}

type ReadParts = { parts: MailParts; decoder: Decoder; problems: string[] }
type HeaderLine = { key: string; line: string }
type MailParts = {
  headers: Map<string, unknown>
  lines: HeaderLine[]
  text: string | undefined
  html: string | undefined
  attachments: { part: AttachmentStream }[]
  reportParts: { contentType: string; chunks: Buffer[]; length: number }[]
}

function takeText(part: MessageText, parts: MailParts): void {
  parts.text = part.text
  if (typeof part.html === 'string') parts.html = part.html
}

function takeAttachment(part: AttachmentStream, parts: MailParts): void {
  parts.attachments.push({ part })
  // mailparser makes `true` of a Content-Type that breaks off behind its colon.
  part.contentType = asText(part.contentType)
  let report = reportTypes.has(part.contentType) ? reportPart(part, parts) : undefined
  let isFirst = true
  part.content.on('data', (chunk: Buffer) => {
    if (isFirst && !report && statusFields.test(chunk.toString('latin1', 0, 200))) report = reportPart(part, parts)
    isFirst = false
    if (!report || report.length >= counts.reportPart) return
    report.chunks.push(chunk)
    report.length += chunk.length
  })
  part.content.on('end', () => part.release())
}

/** How a delivery status begins, whatever type its part was given. */
const statusFields = /^\s*(reporting-mta|(final|original)-recipient)\s*:/i

function reportPart({ contentType }: AttachmentStream, { reportParts }: MailParts): MailParts['reportParts'][number] {
  const report = { contentType, chunks: [], length: 0 }
  reportParts.push(report)
  return report
}

function toParsedMail({ parts, decoder, problems }: ReadParts): ParsedMail {
  const { headers } = parts
  const headerLines = parts.lines.slice(0, counts.headers).map(line => decodeHeader(line, decoder))
  // Never stored, so not cleaned: touching every character of the largest part of a mail would cost more than all the rest here.
  const html = parts.html?.slice(0, limits.html)
  let text = parts.text ?? ''
  if (text.trim() === '' && html !== undefined) text = htmlText(html, problems)
  if (text.length > limits.text) problems.push(`its text is longer than ${limits.text} characters and was cut`)
  if (parts.attachments.length > counts.attachments) problems.push(`it has ${parts.attachments.length} attachments; the first ${counts.attachments} are listed`)
  if (parts.lines.length > counts.headers) problems.push(`it has ${parts.lines.length} header lines; the first ${counts.headers} were read`)
  if (isGarbled(text)) problems.push('its text is in a character set that is unknown or wrongly declared')
  return {
    internetMessageId: asId(headers.get('message-id')),
    inReplyTo: asId(headers.get('in-reply-to')),
    references: asList(headers.get('references')).map(asId).filter(isPresent).slice(-counts.references),
    from: addresses(headers.get('from'))[0],
    replyTo: addresses(headers.get('reply-to')),
    to: addresses(headers.get('to')),
    cc: addresses(headers.get('cc')),
    subject: clean(asText(headers.get('subject')), limits.subject),
    sentAt: sentAt(headerLines.find(({ name }) => name === 'date')?.value),
    headers: headerLines,
    text: clean(text, limits.text),
    html,
    attachments: parts.attachments.slice(0, counts.attachments).map(({ part }) => ({
      fileName: part.filename === undefined ? undefined : clean(part.filename, limits.fileName),
      contentType: clean(part.contentType, limits.contentType) || 'application/octet-stream',
      size: part.size ?? 0,
      hash: part.checksum,
      inline: part.related === true || part.contentDisposition === 'inline',
    })),
    reportParts: parts.reportParts.map(({ contentType, chunks }) => ({ contentType, text: clean(Buffer.concat(chunks).toString('utf8'), counts.reportPart) })),
    problem: problems.length === 0 ? undefined : clean(problems.join('; '), 1_000),
  }
}

function htmlText(html: string, problems: string[]): string {
  try {
    const ignored = { format: 'skip' }
    return convert(html, {
      wordwrap: false,
      // Without it the cells of a row are one word: "F-2026-0412" and "1.250,00" would run into each other.
      formatters: { cell: spacedCell, quote: markedQuote },
      selectors: [
        { selector: 'blockquote', format: 'quote' },
        { selector: 'td', format: 'cell' },
        { selector: 'th', format: 'cell' },
        { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
        { selector: 'a', options: { ignoreHref: true } },
        { selector: 'img', ...ignored },
        { selector: 'style', ...ignored },
        { selector: 'script', ...ignored },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, options: { uppercase: false } })),
        { selector: 'table', options: { uppercaseHeaderCells: false } },
      ],
      limits: { maxInputLength: limits.html, maxDepth: 200, maxChildNodes: 20_000, ellipsis: '…' },
    })
  } catch (error) {
    problems.push(`its HTML could not be read: ${error instanceof Error ? error.message : 'broken'}`)
    return ''
  }
}

const spacedCell: FormatCallback = (cell, walk, builder) => {
  walk(cell.children, builder)
  builder.addInline(' ')
}

/** A blockquote is marked with ">"; one that only indents the sender's own words is not. */
const markedQuote: FormatCallback = (quote, walk, builder) => {
  const attributes = Object.entries((quote.attribs ?? {}) as Record<string, string>)
  const isOwn = isIndent(attributes.map(([name, value]) => `${name}="${value}"`).join(' '))
  builder.openBlock({ leadingLineBreaks: 2, reservedLineLength: isOwn ? 0 : 2 })
  walk(quote.children, builder)
  builder.closeBlock({ trailingLineBreaks: 2, blockTransform: text => (isOwn ? text : text.replaceAll(/^\n+|\n+$/g, '').replaceAll(/^/gm, '> ')) })
}

function decodeHeader({ key, line }: HeaderLine, { libmime }: Decoder): ParsedMail['headers'][number] {
  const raw = line.slice(line.indexOf(':') + 1, line.indexOf(':') + 1 + counts.headerValue)
  const value = Buffer.from(raw, 'latin1')
    .toString('utf8')
    .replace(/\s*\r?\n\s*/g, ' ')
    .trim()
  try {
    return { name: clean(key, limits.id), value: clean(value.includes('=?') ? libmime.decodeWords(value) : value, counts.headerValue) }
  } catch {
    return { name: clean(key, limits.id), value: clean(value, counts.headerValue) }
  }
}

/** PostgreSQL takes neither NUL nor half a surrogate pair. */
function clean(text: string, longest: number): string {
  const cut = text.length > longest ? text.slice(0, longest) : text
  const kept = cut.includes('\0') ? cut.replaceAll('\0', '') : cut
  return kept.isWellFormed() ? kept : kept.toWellFormed()
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])
const isPresent = <T>(value: T | undefined): value is T => value !== undefined

function asId(value: unknown): string | undefined {
  const id = clean(asText(Array.isArray(value) ? value.at(-1) : value), limits.id)
  return id === '' ? undefined : id
}

function addresses(value: unknown): MailAddress[] {
  const found: MailAddress[] = []
  const take = (entries: AddressObject['value']) => {
    for (const { address, name, group } of entries) {
      if (group) take(group)
      else if (address && found.length < counts.addresses)
        found.push({ address: clean(address, limits.address).toLowerCase(), name: clean(name ?? '', limits.name) })
    }
  }
  for (const entry of asList(value)) if (isAddressObject(entry)) take(entry.value)
  return found
}

const isAddressObject = (value: unknown): value is AddressObject => typeof value === 'object' && value !== null && Array.isArray((value as AddressObject).value)

/** mailparser puts the present moment where a Date header cannot be read; here it is absent. */
function sentAt(header: string | undefined): string | undefined {
  const date = new Date(header ?? '')
  const year = date.getUTCFullYear()
  return year >= 1970 && year < 2200 ? date.toISOString() : undefined
}

function isGarbled(text: string): boolean {
  if (!text.includes('\uFFFD')) return false
  const sample = text.slice(0, 20_000)
  return sample.split('\uFFFD').length - 1 > sample.length / 50
}

async function startOf(source: Buffer | string): Promise<Buffer> {
  if (Buffer.isBuffer(source)) return source
  const chunks: Buffer[] = []
  try {
    for await (const chunk of createReadStream(source, { end: 64 * 1024 })) chunks.push(chunk as Buffer)
  } catch {
    // the file itself cannot be read: what is there is all there is
  }
  return Buffer.concat(chunks)
}
