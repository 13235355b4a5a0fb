import { columnOf } from './find-columns.ts'
import { splitRecords } from './split-records.ts'
import type { Delimiter, SourceRow } from './table-source.ts'

export type Layout = { delimiter: Delimiter; headerLine: number }
/** How much a row of cells looks like the header; 0 for not at all. */
export type HeaderScore = (cells: string[]) => number

const searchedRows = 40
const delimiters = [';', ',', '\t', '|'] as const

/** Where the table of a CSV text begins, and what separates its columns, judged from its first part; undefined when nothing is there. */
export async function findLayout(start: string, given: { delimiter?: Delimiter; headerLine?: number }, scoreOf: HeaderScore): Promise<Layout | undefined> {
  const said = /^(?:\ufeff)?sep=(.)\r?$/im.exec(start.slice(0, 40))?.[1]
  const named = given.delimiter ?? delimiters.find(each => each === said)
  let best: (Layout & { score: number; width: number }) | undefined
  for (const delimiter of named ? [named] : delimiters) {
    const rows = await firstRows(start, delimiter)
    const index = given.headerLine === undefined ? headerRow(rows, scoreOf) : rows.findIndex(({ line }) => line === given.headerLine)
    const header = rows[index]
    if (!header) continue
    const found = { delimiter, headerLine: header.line, score: scoreOf(header.cells), width: header.cells.length }
    if (!best || found.score > best.score || (found.score === best.score && found.width > best.width)) best = found
  }
  return best
}

/** The first row with what is most like a header; without any, the first one as wide as the rows of the table. */
export function headerRow(rows: SourceRow[], scoreOf: HeaderScore): number {
  const first = rows.slice(0, searchedRows)
  const scores = first.map(({ cells }) => scoreOf(cells))
  const top = Math.max(0, ...scores)
  if (top > 0) return scores.indexOf(top)
  const widths = first.map(({ cells }) => cells.filter(cell => cell.trim() !== '').length)
  const usual = Math.max(0, ...widths.slice(1))
  return widths.findIndex(width => width > 0 && width >= usual / 2)
}

/** A header is the row that names the wanted columns. */
export const scoreByLabels =
  (labels: string[]): HeaderScore =>
  cells => {
    const names = cells.map(cell => cell.trim())
    return names.length > 5000 ? 0 : labels.filter(label => columnOf(label, names) >= 0).length
  }

async function firstRows(start: string, delimiter: Delimiter): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  async function* whole() {
    yield start
  }
  for await (const records of splitRecords(whole(), delimiter))
    for (const record of records)
      if (record.problem === undefined && record.cells.some(cell => cell.trim() !== '') && !/^sep=.$/i.test(record.text)) rows.push(record)
  return rows
}
