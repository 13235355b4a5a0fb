import { analyse } from 'chardet'
import { createDecoder } from './code-pages.ts'

/** The encodings that a mapping can name. windows-1252 holds ISO-8859-1, windows-1250 is the Windows one of Poland, cp852 the DOS one. */
export const encodings = ['utf-8', 'windows-1252', 'windows-1250', 'iso-8859-2', 'iso-8859-15', 'cp850', 'cp852', 'macintosh', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]

/** How a file's text is read; not `isSure` when another encoding would have read it as well. */
export type FoundEncoding = { encoding: Encoding; isSure: boolean }

/** The encoding that a byte order mark, or the zero bytes of UTF-16, give away. */
export function markedEncoding(start: Buffer): Encoding | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  const zeros = [0, 0]
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const half = start.length / 4
  if ((zeros[1] ?? 0) > half) return 'utf-16le'
  return (zeros[0] ?? 0) > half ? 'utf-16be' : undefined
}

const oneByte = ['windows-1252', 'windows-1250', 'iso-8859-2'] as const
// Of DOS and old Macs: looked at only where none of the others makes words.
const older = ['cp850', 'cp852', 'macintosh'] as const
type OneByte = (typeof oneByte)[number] | (typeof older)[number]
// What Dutch, French, German, English, Spanish, Italian and the Nordic languages write, and what Polish writes.
const western = new Set('àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜŸ')
const polish = new Set('ąćęłńóśźżĄĆĘŁŃÓŚŹŻ')
const lettersOf: Record<OneByte, Set<string>> = {
  'windows-1252': western,
  'windows-1250': polish,
  'iso-8859-2': polish,
  cp850: western,
  cp852: polish,
  macintosh: western,
}
const marks = /[€‚„…‘’“”•–—§°«»\u00a0²³½]/

/**
 * Which one-byte encoding the words of a file are in, by the letters they would show: a sign in the middle of a word, or a letter of
 * no language near, speaks against one. `words` are those with a byte above 127, of a file that is no UTF-8; `isPolish` says what
 * to take where the words fit more than one.
 */
export function encodingOfWords(words: Buffer[], isPolish = false): FoundEncoding {
  const scored = (names: readonly OneByte[]) =>
    names.map(encoding => ({ encoding, score: words.reduce((sum, word) => sum + scoreOf(word, encoding), 0) })).toSorted((a, b) => b.score - a.score)
  const scores = scored(oneByte)
  const best = scores[0]?.score ?? 0
  const [old] = scored(older)
  if (best < 0 && old && old.score > 0) return { encoding: old.encoding, isSure: true }
  const fitting = scores.filter(({ score }) => score === best).map(({ encoding }) => encoding)
  const [first = 'windows-1252'] = fitting
  if (fitting.length === 1) return { encoding: first, isSure: true }
  const texts = new Set(fitting.map(encoding => decode(Buffer.concat(words), encoding)))
  if (texts.size === 1) return { encoding: first, isSure: true } // ISO-8859-2 and windows-1250 agree on most of Polish
  if (isPolish && fitting.includes('windows-1250')) return { encoding: 'windows-1250', isSure: false }
  const likely = analyse(Buffer.concat(words.flatMap(word => [word, Buffer.from(' ')]))).map(({ name }) => name.toLowerCase())
  const named = likely.map(name => (name === 'iso-8859-1' ? 'windows-1252' : name))
  return { encoding: fitting.find(encoding => named.indexOf(encoding) === Math.min(...fitting.map(each => rank(named, each)))) ?? first, isSure: false }
}

const rank = (names: string[], name: string): number => (names.includes(name) ? names.indexOf(name) : names.length)

const decode = (bytes: Buffer, encoding: Encoding): string => createDecoder(encoding)(bytes)

const letter = /\p{L}/u

function scoreOf(word: Buffer, encoding: OneByte): number {
  let score = 0
  const text = decode(word, encoding)
  for (let at = 0; at < text.length; at++) {
    const each = text[at] ?? ''
    if (each < '\u0080') continue
    const isInside = letter.test(text[at - 1] ?? '') || letter.test(text[at + 1] ?? '')
    if (!isInside) continue // a sign beside a number, or a word of one letter: says nothing
    if (/[œŒ]/.test(each))
      score += /[uUiI]/.test(text[at + 1] ?? '') ? 1.5 : 0.5 // cœur, œil; elsewhere the byte is more likely another letter
    else if (lettersOf[encoding].has(each)) score += 1
    else score -= marks.test(each) ? 1 : 2
  }
  return score
}

/** Text in the encoding of a source file, so that a reject file opens in the program that made the source. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  const bytes = bytesOf(encoding)
  return Buffer.from(
    text.replace(/[\u0080-\uffff]/g, character => bytes.get(character) ?? '?'),
    'latin1',
  )
}

export const byteOrderMark = (encoding: Encoding): string => (encoding.startsWith('utf-16') ? '\ufeff' : '')

/** What each character above ASCII is as a byte, written as the latin1 character of that byte. */
function bytesOf(encoding: Encoding): Map<string, string> {
  const high = Array.from({ length: 128 }, (_, index) => 128 + index)
  return new Map(high.map(byte => [decode(Buffer.from([byte]), encoding), String.fromCharCode(byte)]))
}
