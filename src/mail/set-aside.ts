import { createHash, randomBytes } from 'node:crypto'

/** A long run of base64 that was taken out of a mail's source. */
export type SetAside = {
  /** sha256 (hex) of the decoded token that stands in its place. */
  tokenHash: string
  /** Bytes that the run decodes to, and their sha256 (hex). */
  size: number
  hash: string
}

/** A source without its runs: what is left is what a parser has to split into lines. */
export type ShortSource = { source: Buffer; runs: SetAside[] }

const shortestRun = 1024
const longestHeader = 4096
const tokenBytes = 24 // base64 of a multiple of three needs no padding
const encoding = Buffer.from('base64')
const dashes = Buffer.from('\n--')
const [lineFeed, carriageReturn, dash, equals, underscore] = [0x0a, 0x0d, 0x2d, 0x3d, 0x5f]

/**
 * Takes the long runs of base64 out of a source and puts a line of base64 in the place of each, which decodes to a token that nobody
 * can know beforehand. Undefined when there is none. A run begins after an empty line, where a parser is in a body (of mails that
 * are attached it must read no headers), and reaches to the next line that begins with two dashes or to the end of the source. No
 * line in between can be a boundary (RFC 2046, 5.1.1), so a parser makes the same of all the rest. Whether the run was a whole
 * base64 part is for the caller to prove: then the content of a part is the token. Linear in the size of the source.
 */
export function setRunsAside(source: Buffer): ShortSource | undefined {
  const runs: SetAside[] = []
  const pieces: Buffer[] = []
  let copied = 0
  let end: number
  for (let at = source.indexOf(encoding); at >= 0; at = source.indexOf(encoding, end)) {
    const next = source.indexOf(dashes, at)
    end = next < 0 ? source.length : next + 1
    if (end - at < shortestRun) continue
    const start = startOfBody(source, at, end)
    const run = start === undefined ? undefined : decodeRun(source.subarray(start, end))
    if (start === undefined || !run) continue
    const token = randomBytes(tokenBytes)
    pieces.push(source.subarray(copied, start), Buffer.from(token.toString('base64')))
    copied = start + run.length
    runs.push({ tokenHash: sha256(token), size: run.content.length, hash: sha256(run.content) })
  }
  if (runs.length === 0) return undefined
  pieces.push(source.subarray(copied))
  return { source: Buffer.concat(pieces), runs }
}

/** Where the body begins of the part whose header says base64 at `at`; undefined when it is a part that is read rather than kept. */
function startOfBody(source: Buffer, at: number, end: number): number | undefined {
  const blank = /\n\r?\n/.exec(source.toString('latin1', at, Math.min(at + longestHeader, end)))
  if (!blank) return undefined
  const start = at + blank.index + blank[0].length
  const header = source.toString('latin1', Math.max(source.lastIndexOf(dashes, at) + 1, at - longestHeader), start)
  const isRead = /^content-type:\s*(?:text|message)\//im.test(header) && !/^content-disposition:\s*attachment/im.test(header)
  return isRead ? undefined : start
}

/**
 * The content of a run, and its length without the line ends behind it. Undefined unless it has lines of one length, the last may be
 * shorter, with nothing but whole groups of base64 in them: what a parser may find after it is then decoded as it is after a token.
 */
function decodeRun(body: Buffer): { content: Buffer; length: number } | undefined {
  const step = body.indexOf(lineFeed) + 1
  const lineEnd = body[step - 2] === carriageReturn ? 2 : 1
  if (step <= lineEnd) return undefined
  let lines = 0
  while (body[(lines + 1) * step - 1] === lineFeed && body[(lines + 1) * step - lineEnd] === (lineEnd === 2 ? carriageReturn : lineFeed)) lines += 1
  let length = body.length
  while (body[length - 1] === lineFeed || body[length - 1] === carriageReturn) length -= 1
  const signs = length - (length === lines * step - lineEnd ? lines - 1 : lines) * lineEnd
  if (length < shortestRun || body.includes(underscore) || body.includes(dash)) return undefined
  const padding = body[length - 1] !== equals ? 0 : body[length - 2] !== equals ? 1 : 2
  const content = Buffer.from(body.toString('latin1', 0, length), 'base64')
  // Node skips or stops at what is no base64, so that anything else in the run, or half a group, leaves fewer bytes. Only - and _ it
  // takes for signs.
  return content.length === (signs / 4) * 3 - padding ? { content, length } : undefined
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
