import { DuncanError } from '#platform'

/** `path`: which of the paths it stands at. */
type RecordText = { line: number; text: string; path: number }

// The XML library parses whole documents only; a ledger of a gigabyte must stream. This cuts the text of each record out, with
// the few rules that need it (comments, CDATA, quoted attributes), and leaves the parsing of a record to the library.
/**
 * The records at paths of element names, in the file's order and in pieces, each with the line it starts on. `longest` is in
 * characters. Throws `import.xml` for what is no XML or declares entities.
 */
export async function* cutXmlRecords(chunks: AsyncIterable<string>, paths: string[][], fileName: string, longest = 2_000_000): AsyncGenerator<RecordText[]> {
  let buffer = ''
  let at = 0
  let line = 1
  const stack: string[] = []
  let record: { from: number; line: number; depth: number; path: number } | undefined
  let records: RecordText[] = []

  const refuse = (problem: string, remedy: string): never => {
    throw new DuncanError('import.xml', `${fileName}, line ${line}: ${problem}.`, remedy)
  }
  // The next line's end is looked for once: a file without line ends would be searched to its end at every tag.
  let lineEnd = -1
  const advance = (to: number) => {
    for (; lineEnd >= 0 && lineEnd < to; lineEnd = buffer.indexOf('\n', lineEnd + 1)) line++
    at = to
  }
  const pathHere = () => paths.findIndex(path => stack.length === path.length && path.every((name, index) => stack[index] === name))
  const finish = (to: number) => {
    if (record) records.push({ line: record.line, text: buffer.slice(record.from, to), path: record.path })
    record = undefined
  }

  /** Reads one piece of markup at `at`; false when its end has not arrived yet. */
  const readMarkup = (): boolean => {
    const sign = buffer[at + 1]
    return sign === '!' || sign === '?' || sign === undefined ? readSpecial() : readElement()
  }

  const readSpecial = (): boolean => {
    const long = longMarkup.find(({ open }) => buffer.startsWith(open, at))
    if (long) {
      const end = buffer.indexOf(long.close, at + long.open.length)
      if (end >= 0) advance(end + long.close.length)
      return end >= 0
    }
    if (buffer.length - at < 9 && longMarkup.some(({ open }) => open.startsWith(buffer.slice(at)))) return false
    // A document type can define entities that grow without end or read other files; no export needs one.
    return refuse('a document type declaration is not accepted', 'Remove the <!DOCTYPE ...> from the file.')
  }

  const readElement = (): boolean => {
    const end = tagEnd(buffer, at)
    if (end < 0) {
      // A quote that is never closed would have all that follows read again with each piece.
      if (buffer.length - at > longestTag) refuse(`a tag is longer than ${longestTag} characters`, 'Export the file again: it is not well-formed XML.')
      return false
    }
    readTag(buffer.slice(at, end), end)
    return true
  }

  const readTag = (tag: string, end: number) => {
    const name = /^<\/?(?:[^\s:/>]+:)?([^\s/>]+)/.exec(tag)?.[1] ?? ''
    if (tag.startsWith('</')) {
      if (stack.at(-1) !== name) refuse(`</${name}> closes <${stack.at(-1) ?? 'nothing'}>`, 'Export the file again: it is not well-formed XML.')
      advance(end)
      if (record && record.depth === stack.length) finish(end)
      stack.pop()
      return
    }
    stack.push(name)
    if (stack.length > deepest) refuse(`elements stand more than ${deepest} deep in each other`, 'Export the file again: no ledger or bank writes it so.')
    const path = record ? -1 : pathHere()
    if (path >= 0) record = { from: at, line, depth: stack.length, path }
    advance(end)
    if (!tag.endsWith('/>')) return
    if (record && record.depth === stack.length) finish(end)
    stack.pop()
  }

  for await (const chunk of chunks) {
    // Only what is still needed stays: the open record, or the markup that is not complete.
    const keep = record ? record.from : at
    if (record) record.from = 0
    buffer = buffer.slice(keep) + chunk
    at -= keep
    lineEnd = buffer.indexOf('\n', at)
    for (let next = buffer.indexOf('<', at); next >= 0; next = buffer.indexOf('<', at)) {
      advance(next)
      if (!readMarkup()) break
    }
    if (buffer.indexOf('<', at) < 0) advance(buffer.length)
    if (buffer.length - (record ? record.from : at) > longest) refuse(`a record is longer than ${longest} characters`, 'Check "records" in the mapping file.')
    if (records.length > 0) {
      yield records
      records = []
    }
  }
  if (stack.length > 0) refuse(`the file ends inside <${stack.at(-1)}>`, 'Export the file again: its end is missing.')
}

const longestTag = 100_000 // characters
const deepest = 100

const longMarkup = [
  { open: '<!--', close: '-->' },
  { open: '<![CDATA[', close: ']]>' },
  { open: '<?', close: '?>' },
]

/** The place after a tag's `>`, which may also stand inside a quoted attribute; -1 when it has not arrived. */
function tagEnd(text: string, from: number): number {
  const first = text.indexOf('>', from)
  const quoted = /["']/.exec(text.slice(from, first))
  if (first >= 0 && !quoted) return first + 1
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote) quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at + 1
  }
  return -1
}
