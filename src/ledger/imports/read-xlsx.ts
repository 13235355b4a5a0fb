import type { Cell, CellValue, Row } from 'exceljs'
import { DuncanError, errorText } from '#platform'
import { columnOf } from './find-columns.ts'
import { type HeaderScore, headerRow } from './find-header.ts'
import { csvRejects, fillingDown, joinCells } from './read-csv.ts'
import type { SourceRow, TableSource } from './table-source.ts'

export type XlsxOptions = { sheet?: string | undefined; headerLine?: number | undefined; scoreHeader: HeaderScore; fillDown: string[] }

const searched = 40 // rows among which the header is looked for
const batchSize = 1000
const widest = 2000 // columns

/**
 * A sheet of an Excel workbook as a table: the named one, else the one that has the columns, else the first that is not hidden.
 * Throws `import.columns` or `import.file`.
 */
export async function readXlsx(path: string, fileName: string, { sheet: wanted, headerLine, scoreHeader, fillDown }: XlsxOptions): Promise<TableSource> {
  const sheet = wanted ?? (await chooseSheet(path, fileName, scoreHeader))
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

/** The name of the sheet that has most of the columns; where none has any, of the first that is not hidden. */
async function chooseSheet(path: string, fileName: string, scoreHeader: HeaderScore): Promise<string | undefined> {
  const visible: { name: string; score: number }[] = []
  for await (const { name, isHidden, rows } of sheetsOf(path, fileName))
    if (!isHidden && name !== '') visible.push({ name, score: await scoreSheet(rows, scoreHeader) })
  const top = Math.max(0, ...visible.map(({ score }) => score))
  const fitting = visible.filter(({ score }) => score === top).map(({ name }) => name)
  if (top === 0 || fitting.length < 2) return fitting[0]
  throw new DuncanError(
    'import.columns',
    `${fileName} has ${fitting.length} sheets with such columns: ${fitting.join(', ')}.`,
    'Say which one with --sheet, or with "sheet" in the mapping file.',
  )
}

/** How much a sheet looks like a list with the columns: as much as the best row that has another one below it. */
async function scoreSheet(rows: AsyncIterable<SourceRow>, scoreHeader: HeaderScore): Promise<number> {
  let [score, above, seen] = [0, 0, 0]
  for await (const { cells } of rows) {
    if (++seen > searched) continue // to its end: the library takes a sheet's file away once the next sheet is asked for
    if (cells.some(cell => cell.trim() !== '')) score = above
    above = Math.max(above, scoreHeader(cells))
  }
  return score
}

async function* sheetRows(path: string, fileName: string, wanted: string | undefined): AsyncGenerator<SourceRow> {
  const names: string[] = []
  for await (const { name, rows } of sheetsOf(path, fileName)) {
    const isWanted = wanted === undefined ? names.length === 0 : isSameName(name, wanted)
    names.push(name)
    for await (const row of rows) if (isWanted) yield row
    if (isWanted) return
  }
  if (wanted !== undefined)
    throw new DuncanError('import.columns', `${fileName} has no sheet "${wanted}".`, `Its sheets are: ${names.join(', ')}. Set "sheet" in the mapping file.`)
}

const isSameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()

type Sheet = { name: string; isHidden: boolean; rows: AsyncGenerator<SourceRow> }

async function* sheetsOf(path: string, fileName: string): AsyncGenerator<Sheet> {
  const { default: ExcelJS } = await import('exceljs') // a large library that few imports and no other command needs
  for (let attempt = 1; ; attempt++) {
    const options = { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', entries: 'ignore' } as const
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, options)
    const parts = reader as unknown as Parts
    let read = 0
    try {
      for await (const sheet of reader) {
        if (read === 0 && lacksParts(parts)) throw new Error('a part of the workbook was not read')
        read += 1
        const { name = '', state } = sheet as unknown as { name?: string; state?: string }
        const toText = cellTexts(parts.properties?.model?.date1904 ?? false)
        yield { name, isHidden: state === 'hidden' || state === 'veryHidden', rows: rowsOf(sheet, toText) }
      }
      if (read < namedSheets(parts)) throw new Error('a sheet of the workbook was not read')
      return
    } catch (error) {
      if (error instanceof DuncanError) throw error
      if (read === 0 && attempt < mostAttempts && lacksParts(parts)) continue
      throw new DuncanError(
        'import.file',
        `${fileName} cannot be read as a workbook: ${errorText(error)}`,
        'Open it in Excel and save it again, or save it as CSV.',
        { cause: error },
      )
    }
  }
}

/** What the library's types leave out. */
type Parts = {
  properties?: { model?: { date1904?: boolean } }
  model?: object
  sharedStrings?: unknown[]
  workbookRels?: { Target?: string }[]
}

// On a busy machine the library may lose the last file of a workbook's archive (exceljs issue 3064): what the workbook names must have come.
const mostAttempts = 5
const names = ({ workbookRels = [] }: Parts, part: RegExp): number => workbookRels.filter(({ Target = '' }) => part.test(Target)).length
const lacksParts = (parts: Parts): boolean => !parts.model || !parts.workbookRels || (names(parts, /(?:^|\/)sharedStrings\.xml$/) > 0 && !parts.sharedStrings)
const namedSheets = (parts: Parts): number => names(parts, /(?:^|\/)worksheets\/sheet\d+\.xml$/)

async function* rowsOf(sheet: AsyncIterable<Row>, toText: (cell: Cell | undefined) => string): AsyncGenerator<SourceRow> {
  for await (const row of sheet) {
    const cells: string[] = []
    for (let column = 1; column <= Math.min(row.cellCount, widest); column++) cells.push(toText(row.findCell(column)))
    yield { line: row.number, cells, text: '' }
  }
}

/** What a cell shows, as far as it matters: a figure with zeros in front is a number of something, and a day is a date. */
function cellTexts(startsIn1904: boolean): (cell: Cell | undefined) => string {
  return cell => {
    if (!cell) return ''
    const text = cellText(cell.value)
    const { numFmt } = cell as { numFmt?: string }
    const found = isFigure(cell.value) && numFmt ? (/^(?:"([^"]*)")?(0{2,})$/.exec(numFmt) ?? undefined) : undefined
    if (found && /^\d+$/.test(text)) return `${found[1] ?? ''}${text.padStart(found[2]?.length ?? 0, '0')}`
    // The day number that a formula came to; the library makes dates of the others itself.
    const days = resultOf(cell.value)
    return startsIn1904 && days !== undefined && isDateFormat(numFmt) ? numberText(days + daysTo1904) : text
  }
}

const daysTo1904 = 1462 // Excel for Mac counted from 1904-01-01
const isDateFormat = (format = ''): boolean => /[dmy]/i.test(format.replace(/\[[^\]]*\]|"[^"]*"/g, ''))
const isFigure = (value: CellValue): boolean => typeof value === 'number' || resultOf(value) !== undefined
const resultOf = (value: CellValue): number | undefined =>
  typeof value === 'object' && value !== null && 'result' in value && typeof value.result === 'number' ? value.result : undefined

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
  if (Number.isNaN(value)) return '#VALUE!' // what the library makes of a formula that ended in a fault
  if (Math.abs(value) >= 1e15) return value.toExponential().toUpperCase()
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? value.toFixed(10) : text
}
