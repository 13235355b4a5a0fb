import { DuncanError } from '#platform'
import type { Delimiter, SourceRow } from './table-source.ts'

export type CsvRecord = SourceRow

// Own code where a CSV library would do, for one reason: a quote that is never closed makes a CSV parser swallow the rest of
// the file. Here the line that opens it is rejected alone and reading goes on with the next line.
const longestRecord = 100 // lines
const longestLine = 4_000_000 // characters

/** Cuts decoded text into records with the line each starts on; lines before `firstLine` are passed over. Throws `import.file` for what has no lines. */
export async function* splitRecords(chunks: AsyncIterable<string>, delimiter: Delimiter, firstLine = 1): AsyncGenerator<CsvRecord[]> {
  let records: CsvRecord[] = []
  let open: { line: number; text: string }[] = [] // lines of a record whose quote is not closed yet
  let line = 0

  const take = (text: string, at: number): void => {
    if (at < firstLine) return
    if (open.length === 0 && !text.includes('"')) {
      records.push({ line: at, cells: text.split(delimiter), text })
      return
    }
    open.push({ line: at, text })
    // Only a line with a quote can close what is open.
    if (open.length > 1 && !text.includes('"') && open.length < longestRecord) return
    const whole = open.length === 1 ? text : open.map(each => each.text).join('\n')
    const split = splitQuoted(whole, delimiter)
    if (split.kind === 'whole') {
      records.push({ line: open[0]?.line ?? at, cells: split.cells, text: whole })
      open = []
    } else if (split.kind === 'broken' || open.length >= longestRecord) giveUpFirst()
  }

  /** Rejects the line that opened the record and reads the lines after it again. */
  const giveUpFirst = (): void => {
    const [first, ...rest] = open
    open = []
    if (!first) return
    records.push({ line: first.line, cells: [], text: first.text, problem: 'a double quote is opened and not closed, or text follows a closed one' })
    for (const each of rest) take(each.text, each.line)
  }

  let carry = ''
  let lineEnd: string | undefined
  for await (const chunk of chunks) {
    const text = carry + chunk
    lineEnd ??= !text.includes('\n') && /\r[^\n]/.test(text) ? '\r' : '\n' // old Mac files end lines with a carriage return alone
    let from = 0
    for (let to = text.indexOf(lineEnd, from); to >= 0; to = text.indexOf(lineEnd, from)) {
      const end = lineEnd === '\n' && text.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to
      take(text.slice(from, end), ++line)
      from = to + 1
    }
    carry = text.slice(from)
    if (carry.length > longestLine) {
      throw new DuncanError(
        'import.file',
        `Line ${line + 1} is longer than ${longestLine} characters.`,
        'Check that the file is a CSV file and that its lines end.',
      )
    }
    if (records.length > 0) {
      yield records
      records = []
    }
  }
  if (carry !== '') take(carry.replace(/\r$/, ''), ++line)
  while (open.length > 0) giveUpFirst()
  if (records.length > 0) yield records
}

type Split = { kind: 'whole'; cells: string[] } | { kind: 'unclosed' } | { kind: 'broken' }

/** One record that holds quotes. A quote inside a cell that does not start with one is text, as in `5" pipe`. */
function splitQuoted(text: string, delimiter: string): Split {
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (text[at] === '"') {
      let cell = ''
      let from = at + 1
      let close = text.indexOf('"', from)
      while (close >= 0 && text[close + 1] === '"') {
        cell += text.slice(from, close + 1)
        from = close + 2
        close = text.indexOf('"', from)
      }
      if (close < 0) return { kind: 'unclosed' }
      cells.push(cell + text.slice(from, close))
      at = close + 1
      if (at >= text.length) return { kind: 'whole', cells }
      if (text[at] !== delimiter) return { kind: 'broken' }
      at++
    } else {
      const end = text.indexOf(delimiter, at)
      cells.push(end < 0 ? text.slice(at) : text.slice(at, end))
      if (end < 0) return { kind: 'whole', cells }
      at = end + 1
    }
  }
}
