import { DuncanError } from '#platform'
import { rejectColumns } from './fields.ts'
import { columnOf } from './find-columns.ts'
import { findLayout, type HeaderScore } from './find-header.ts'
import { splitRecords } from './split-records.ts'
import type { Delimiter, SourceRow, TableSource } from './table-source.ts'

export type CsvOptions = {
  delimiter: Delimiter | 'auto'
  /** From 1; found by `isHeader` when left out. */
  headerLine?: number | undefined
  scoreHeader: HeaderScore
  /** Labels of columns whose empty cells repeat the one above. */
  fillDown: string[]
}

const startLength = 64 * 1024 // characters that decide where the table begins

/** A CSV file (RFC 4180, and what programs make of it) as a table. Throws `import.columns` when it has no header line. */
export async function readCsv(chunks: AsyncIterable<string>, fileName: string, options: CsvOptions): Promise<TableSource> {
  const { start, whole } = await peek(chunks)
  const isRejects = start.replace(/^"/, '').startsWith(rejectColumns[0]) // there the header is the first line, whatever it was in the file that was corrected
  const given = {
    ...(options.delimiter !== 'auto' && { delimiter: options.delimiter }),
    ...(options.headerLine && !isRejects && { headerLine: options.headerLine }),
  }
  const layout = await findLayout(start, given, options.scoreHeader)
  const records = splitRecords(whole, layout?.delimiter ?? ';', layout?.headerLine ?? 1)
  const first = await nextBatch(records)
  const header = layout ? first?.shift() : undefined
  if (!layout || !first || !header || header.problem) {
    await records.return(undefined)
    throw new DuncanError(
      'import.columns',
      `${fileName} has no header line.`,
      'One of its first lines must name the columns; set "header_line" in the mapping file.',
    )
  }
  const { delimiter } = layout
  const columns = header.cells.map(name => name.trim())
  const fill = fillingDown(
    options.fillDown.map(label => columnOf(label, columns)),
    cells => joinCells(cells, delimiter),
  )

  async function* batches(): AsyncGenerator<SourceRow[]> {
    try {
      for (let batch = first; batch; batch = await nextBatch(records)) {
        const rows = batch.filter(record => !isEmpty(record))
        for (const row of rows) {
          checkWidth(row, columns.length)
          fill(row)
        }
        if (rows.length > 0) yield rows
      }
    } finally {
      await records.return(undefined) // whoever stops early leaves no file open
    }
  }

  return {
    columns,
    unknownColumns: [],
    layout,
    batches: batches(),
    reject: csvRejects(columns, delimiter, header.text),
  }
}

/** How rejected rows are written as CSV; `head` is the header line of the file they came from. */
export function csvRejects(columns: string[], delimiter: Delimiter, head: string): TableSource['reject'] {
  return {
    extension: 'csv',
    head: isRejectFile(columns) ? `${head}\r\n` : `${rejectColumns.join(delimiter)}${delimiter}${head}\r\n`,
    // A reject of a reject keeps one pair of leading columns, with the line of the newest file.
    row: (row, problem) => {
      const rest = isRejectFile(columns) ? joinCells(row.cells.slice(rejectColumns.length), delimiter) : row.text
      return `${row.line}${delimiter}${quote(problem)}${delimiter}${rest}\r\n`
    },
    tail: '',
  }
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

export const isRejectFile = (columns: string[]): boolean => rejectColumns.every((name, index) => columns[index] === name)

export const joinCells = (cells: string[], delimiter: Delimiter): string =>
  cells.map(cell => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? quote(cell) : cell)).join(delimiter)

/** Fills the empty cells of some columns with the cell above; what stands in the reject file is filled too. */
export function fillingDown(indexes: number[], textOf: (cells: string[]) => string): (row: SourceRow) => void {
  const wanted = indexes.filter(index => index >= 0)
  const last = new Map<number, string>()
  return row => {
    if (wanted.length === 0 || row.problem !== undefined) return
    let isFilled = false
    for (const index of wanted) {
      const cell = row.cells[index]?.trim() ?? ''
      if (cell !== '') last.set(index, Buffer.from(cell).toString())
      else if (last.has(index)) {
        row.cells[index] = last.get(index) ?? ''
        isFilled = true
      }
    }
    if (isFilled) row.text = textOf(row.cells)
  }
}

/** The first part of a text, and the whole of it, to be read once. */
async function peek(chunks: AsyncIterable<string>): Promise<{ start: string; whole: AsyncGenerator<string> }> {
  const source = chunks[Symbol.asyncIterator]()
  let start = ''
  let next = await source.next()
  while (!next.done) {
    start += next.value
    if (start.length >= startLength) break
    next = await source.next()
  }
  async function* whole() {
    try {
      yield start
      for (let piece = await source.next(); !piece.done; piece = await source.next()) yield piece.value
    } finally {
      await source.return?.()
    }
  }
  return { start: start.slice(0, startLength), whole: whole() }
}

async function nextBatch(records: AsyncGenerator<SourceRow[]>) {
  const next = await records.next()
  return next.done ? undefined : next.value
}

const isEmpty = (record: SourceRow): boolean => record.problem === undefined && record.cells.every(cell => cell.trim() === '')

function checkWidth(row: SourceRow, width: number): void {
  if (row.problem || row.cells.length === width) return
  const extra = row.cells.slice(width)
  if (row.cells.length > width && extra.every(cell => cell.trim() === '')) return
  row.problem = `the row has ${row.cells.length} values and the header ${width} columns: put a value that contains the delimiter between double quotes`
}
