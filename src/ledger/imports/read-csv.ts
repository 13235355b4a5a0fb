import { DuncanError } from '#platform'
import { rejectColumns } from './fields.ts'
import { type CsvRecord, splitRecords } from './split-records.ts'
import type { SourceRow, TableSource } from './table-source.ts'

export type Delimiter = ';' | ',' | '\t' | '|'

/** A CSV file (RFC 4180, and what programs make of it) as a table. Throws `import.columns` when it has no header line. */
export async function readCsv(chunks: AsyncIterable<string>, fileName: string, given: Delimiter | 'auto'): Promise<TableSource> {
  const records = splitRecords(chunks, header => (given === 'auto' ? detectDelimiter(header) : given))
  const first = await nextBatch(records)
  const delimiter = first?.delimiter ?? ';'
  const header = first?.records.shift()
  if (!first || !header || header.problem) {
    throw new DuncanError('import.columns', `${fileName} has no header line.`, 'The first line of a CSV file must name its columns.')
  }
  const columns = header.cells.map(name => name.trim())

  async function* batches(): AsyncGenerator<SourceRow[]> {
    for (let batch = first; batch; batch = await nextBatch(records)) {
      const rows = batch.records.filter(record => !isEmpty(record))
      for (const row of rows) checkWidth(row, columns.length)
      if (rows.length > 0) yield rows
    }
  }

  return {
    columns,
    unknownColumns: [],
    batches: batches(),
    reject: {
      extension: 'csv',
      head: isRejectFile(columns) ? `${header.text}\r\n` : `${rejectColumns.join(delimiter)}${delimiter}${header.text}\r\n`,
      // A reject of a reject keeps one pair of leading columns, with the line of the newest file.
      row: (row, problem) => {
        const rest = isRejectFile(columns) ? withoutLeading(row, delimiter) : row.text
        return `${row.line}${delimiter}${quote(problem)}${delimiter}${rest}\r\n`
      },
      tail: '',
    },
  }
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

export const isRejectFile = (columns: string[]): boolean => rejectColumns.every((name, index) => columns[index] === name)

function withoutLeading(row: SourceRow, delimiter: string): string {
  const cells = row.cells.slice(rejectColumns.length)
  return cells.map(cell => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? quote(cell) : cell)).join(delimiter)
}

async function nextBatch(records: AsyncGenerator<{ delimiter: Delimiter; records: CsvRecord[] }>) {
  const next = await records.next()
  return next.done ? undefined : next.value
}

const isEmpty = (record: CsvRecord): boolean => record.problem === undefined && record.cells.every(cell => cell.trim() === '')

function checkWidth(row: SourceRow, width: number): void {
  if (row.problem || row.cells.length === width) return
  const extra = row.cells.slice(width)
  if (row.cells.length > width && extra.every(cell => cell.trim() === '')) return
  row.problem = `the row has ${row.cells.length} values and the header ${width} columns: put a value that contains the delimiter between double quotes`
}

/** The delimiter that the header line uses most, outside quotes. */
function detectDelimiter(header: string): Delimiter {
  const bare = header.replace(/"[^"]*"/g, '')
  const counts = ([';', ',', '\t', '|'] as const).map(delimiter => ({ delimiter, count: bare.split(delimiter).length }))
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter
}
