import type { CellValue } from 'exceljs'
import { DuncanError, errorText } from '#platform'
import { columnOf } from './find-columns.ts'
import { type HeaderScore, headerRow } from './find-header.ts'
import { csvRejects, fillingDown, joinCells } from './read-csv.ts'
import type { SourceRow, TableSource } from './table-source.ts'

export type XlsxOptions = { sheet?: string | undefined; headerLine?: number | undefined; scoreHeader: HeaderScore; fillDown: string[] }

const searched = 40 // rows among which the header is looked for
const batchSize = 1000
const widest = 2000 // columns

/** A sheet of an Excel workbook as a table: the named one, or the first. Throws `import.columns` or `import.file`. */
export async function readXlsx(path: string, fileName: string, { sheet, headerLine, scoreHeader, fillDown }: XlsxOptions): Promise<TableSource> {
  const rows = sheetRows(path, fileName, sheet)
  const first: SourceRow[] = []
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    first.push(next.value)
    if (first.length >= searched && next.value.line >= (headerLine ?? 0)) break
  }
  const at = headerLine === undefined ? headerRow(first, scoreHeader) : first.findIndex(({ line }) => line === headerLine)
  const header = first[at]
  if (!header) {
    await rows.return(undefined)
    throw new DuncanError('import.columns', `${fileName} has no row with the names of columns.`, 'Set "header_line" or "sheet" in the mapping file.')
  }
  const columns = header.cells.map(name => name.trim())
  const fill = fillingDown(
    fillDown.map(label => columnOf(label, columns)),
    textOf,
  )

  async function* batches(): AsyncGenerator<SourceRow[]> {
    let batch: SourceRow[] = []
    const take = (row: SourceRow) => {
      if (row.cells.every(cell => cell.trim() === '')) return
      // A sheet has no cells behind the last one that is filled; a value beyond the header belongs to no column.
      row.cells = columns.map((_, index) => row.cells[index] ?? '')
      row.text = textOf(row.cells)
      fill(row)
      batch.push(row)
    }
    try {
      for (const row of first.slice(at + 1)) take(row)
      for (let next = await rows.next(); !next.done; next = await rows.next()) {
        take(next.value)
        if (batch.length < batchSize) continue
        yield batch
        batch = []
      }
      if (batch.length > 0) yield batch
    } finally {
      await rows.return(undefined)
    }
  }

  return {
    columns,
    unknownColumns: [],
    layout: { headerLine: header.line, ...(sheet && { sheet }) },
    batches: batches(),
    reject: csvRejects(columns, ';', textOf(header.cells)),
  }
}

const textOf = (cells: string[]): string => joinCells(cells, ';')

async function* sheetRows(path: string, fileName: string, wanted: string | undefined): AsyncGenerator<SourceRow> {
  const names: string[] = []
  try {
    const { default: ExcelJS } = await import('exceljs') // a large library that few imports and no other command needs
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'ignore',
    })
    for await (const sheet of reader) {
      const { name = '' } = sheet as unknown as { name?: string } // the library's types leave it out
      names.push(name)
      const isWanted = wanted === undefined ? names.length === 1 : name.trim().toLowerCase() === wanted.trim().toLowerCase()
      for await (const row of sheet) {
        if (!isWanted) continue
        const values = Array.isArray(row.values) ? row.values.slice(1, widest + 1) : []
        yield { line: row.number, cells: Array.from(values, cellText), text: '' }
      }
      if (isWanted) return
    }
  } catch (error) {
    if (error instanceof DuncanError) throw error
    throw new DuncanError(
      'import.file',
      `${fileName} cannot be read as a workbook: ${errorText(error)}`,
      'Open it in Excel and save it again, or save it as CSV.',
      {
        cause: error,
      },
    )
  }
  if (wanted !== undefined)
    throw new DuncanError('import.columns', `${fileName} has no sheet "${wanted}".`, `Its sheets are: ${names.join(', ')}. Set "sheet" in the mapping file.`)
}

function cellText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('error' in value) return value.error
  if ('text' in value) return cellText(value.text)
  return 'result' in value ? cellText(value.result) : ''
}

/** Excel keeps 15 digits: what lies behind them is the noise of binary fractions. A longer whole number has lost its end. */
function numberText(value: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential().toUpperCase()
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? value.toFixed(10) : text
}
