import { once } from 'node:events'
import type { PassThrough, Writable } from 'node:stream'
import type { Row, Cell as SheetCell, Style, Workbook, Worksheet } from 'exceljs'
import { currencyDigits } from '#ledger'
import type { OpenReport } from '../open-report.ts'
import type { Cell, Column, Totals } from '../report.ts'
import { type Cover, type Logo, totalRows } from './cover.ts'
import { chartSize, drawChart } from './draw-chart.ts'
import { pictureSize } from './logo.ts'

const [ink, band] = ['FF1C2422', 'FFE7EFEC']
const longestText = 32_767 // characters of a cell
const mostRows = 1_000_000 // of a sheet
const some = 500 // rows that are written at a time
/** Reports of up to so many rows are made as a whole, with logo and chart; longer ones row by row, in the memory of a few. */
export const mostPictured = 5_000

/**
 * Writes a report as an Excel workbook: typed cells, a header that stays in sight with a filter, sums by currency as formulas that hold their value
 * already. Texts are cells of text: none is ever a formula. `first`: the rows read already; the rest follow from `open.rows`.
 */
export async function writeWorkbook(out: PassThrough, open: OpenReport, first: Cell[][], rest: AsyncIterator<Cell[][]>, cover: () => Cover): Promise<void> {
  const { default: excel } = await import('exceljs')
  const isShort = first.length <= mostPictured
  const book: Workbook = isShort ? new excel.Workbook() : new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  if (isShort) {
    await addCover(book, open, cover(), first)
    fillSheets(book, open).add(first).end()
    await book.xlsx.write(out)
  } else {
    const sheets = fillSheets(book, open)
    for (let start = 0; start < first.length; start += some) await sheets.add(first.slice(start, start + some)).written()
    for (let next = await rest.next(); !next.done; next = await rest.next()) await sheets.add(next.value).written()
    sheets.end()
    await addCover(book, open, cover(), first)
    await (book as unknown as { commit: () => Promise<void> }).commit()
  }
  out.end()
}

/** The sheets of the rows; a report longer than a sheet goes on in the next one. */
function fillSheets(book: Workbook, { columns, say, key, totals }: OpenReport) {
  const name = (part: number) => `${say.reports[key]}${part > 1 ? ` ${part}` : ''}`.replaceAll(/[[\]*?:/\\]/g, ' ').slice(0, 31)
  const currencyAt = columns.findIndex(({ id }) => id === 'currency')
  let [part, sheet, rows] = [1, openSheet(book, name(1), columns, say), 1]
  const styles = cellStyles()
  const write = (cells: readonly Cell[], currency: string | null | undefined, isSum = false): Row => {
    const row = sheet.getRow(++rows)
    columns.forEach((column, index) => putCell(row.getCell(index + 1), cells[index] ?? null, column, styles(column, currency, isSum)))
    return row
  }

  const sheets = {
    add: (batch: readonly Cell[][]) => {
      for (const cells of batch) {
        if (rows >= mostRows) {
          endSheet(sheet, columns, rows)
          ;[part, sheet, rows] = [part + 1, openSheet(book, name(part + 1), columns, say), 1]
        }
        write(cells, cells[currencyAt]).commit()
      }
      return sheets
    },
    /** Waits until what was added is on its way: else all of a long report would stand in memory. */
    written: async () => {
      for (const next of streamOf(sheet)?.pipes ?? []) if (next.writableNeedDrain) await once(next, 'drain')
    },
    end: () => {
      const last = rows
      rows++ // one line apart, so that filter and sorting leave the sums alone
      for (const { currency, cells } of totalRows(columns, totals(), say.total)) {
        const row = write(cells, currency, true)
        // What stands on several sheets has no one formula: there the sums are numbers.
        if (part === 1) addFormulas(row, columns, { currency, currencyAt, last })
        row.commit()
      }
      endSheet(sheet, columns, last)
    },
  }
  return sheets
}

function openSheet(book: Workbook, name: string, columns: readonly Column[], say: OpenReport['say']): Worksheet {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
  })
  sheet.columns = columns.map(({ kind, id }) => ({ width: id === 'debtor' ? 34 : kind === 'money' ? 16 : kind === 'text' ? 18 : 13 }))
  const header = sheet.getRow(1)
  columns.forEach(({ id, kind }, index) => {
    const cell = header.getCell(index + 1)
    cell.value = say.columns[id]
    cell.font = { bold: true, color: { argb: ink } }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: band } }
    cell.alignment = { vertical: 'middle', wrapText: true, horizontal: kind === 'text' || kind === 'day' ? 'left' : 'right' }
  })
  header.height = 30
  header.commit()
  return sheet
}

function endSheet(sheet: Worksheet, columns: readonly Column[], last: number): void {
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: last, column: columns.length } }
  sheet.commit?.()
}

/** Where the writer of a streamed sheet puts its bytes; its own `write` never says that it is full. */
const streamOf = (sheet: Worksheet) => (sheet as { stream?: { pipes: Writable[] } }).stream

/** The style of a column's cells, one object for all that look alike: the writer looks a style up by its identity, and else draws each anew. */
function cellStyles() {
  const made = new Map<string, Partial<Style>>()
  return ({ kind }: Column, currency: string | null | undefined, isSum: boolean): Partial<Style> => {
    const numFmt = formatOf(kind, currency)
    const key = `${numFmt} ${isSum}`
    const style = made.get(key) ?? { ...(numFmt && { numFmt }), ...(isSum && { font: { bold: true, color: { argb: ink } } }) }
    made.set(key, style)
    return style
  }
}

function formatOf(kind: Column['kind'], currency: string | null | undefined): string {
  if (kind === 'money') return amountFormat(currency)
  if (kind === 'percent') return '0.0%'
  return kind === 'day' ? 'mm-dd-yy' : '' // the one that every Excel shows as its user writes days
}

function putCell(cell: SheetCell, value: Cell, { kind }: Column, style: Partial<Style>): void {
  if (value === null) return
  cell.style = style
  switch (kind) {
    case 'text':
      // A number as Excel escapes characters by, such as _x0041_, would be read as that character.
      cell.value = value
        .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
        .slice(0, longestText)
        .toWellFormed()
      return
    case 'day':
      cell.value = new Date(`${value}T00:00:00Z`)
      return
    default:
      cell.value = exactNumber(value)
  }
}

/** Excel keeps fifteen digits of a number: what has more stays text, and exact. */
const exactNumber = (text: string): number | string => (text.replaceAll(/^-?0*|\./g, '').length <= 15 ? Number(text) : text)

function amountFormat(currency: string | null | undefined): string {
  const digits = currencyDigits(currency ?? 'EUR')
  return digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`
}

/** Puts formulas in the place of a row's sums: of an amount those of its currency, of a count all. */
function addFormulas(
  row: Row,
  columns: readonly Column[],
  { currency, currencyAt, last }: { currency: string | null; currencyAt: number; last: number },
): void {
  columns.forEach(({ total }, index) => {
    const cell = row.getCell(index + 1)
    if (!total || typeof cell.value !== 'number') return
    const [range, among] = [rangeOf(index, last), rangeOf(currencyAt, last)]
    const formula = currency === null ? `SUM(${range})` : `SUMIF(${among},"${currency.replaceAll('"', '""')}",${range})`
    cell.value = { formula, result: cell.value }
  })
}

const rangeOf = (column: number, last: number): string => `$${letterOf(column)}$2:$${letterOf(column)}$${last}`

/** The letters of a column: 0 is A, 26 is AA. */
const letterOf = (index: number): string => (index < 26 ? '' : letterOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))

/** The sheet that says what the report is: logo, title, what it was narrowed to, its sums and its chart. Long reports have no pictures. */
async function addCover(book: Workbook, open: OpenReport, cover: Cover, rows: Cell[][]): Promise<void> {
  const { say, columns, language, report } = open
  const sheet = book.addWorksheet(say.overview, { views: [{ showGridLines: false }] })
  const pictured = rows.length <= mostPictured
  sheet.columns = [{ width: 26 }, { width: 22 }, { width: 22 }, { width: 22 }]
  const line = (cells: (string | number)[], bold = false, size = 11) => {
    const row = sheet.addRow(cells)
    row.font = { bold, size, color: { argb: ink } }
    row.commit()
  }
  line([cover.logo && pictured ? '' : cover.company], true)
  if (cover.logo && pictured) {
    sheet.getRow(1).height = 48
    const id = book.addImage({ buffer: cover.logo.content as never, extension: cover.logo.type })
    sheet.addImage(id, { tl: { col: 0, row: 0 }, ext: fitted(cover.logo) })
    line([cover.company], true)
  }
  line([cover.title], true, 16)
  for (const [label, value] of cover.facts) line([label, value])
  line([])
  for (const { title, currency, sum } of coverSums(columns, open.totals(), say)) {
    const row = sheet.addRow([title, currency ?? '', sum])
    row.getCell(3).numFmt = currency === null ? '#,##0' : amountFormat(currency)
    row.commit()
  }
  const chart = pictured ? report.chart?.({ rows, totals: open.totals(), say }) : undefined
  if (chart) {
    const id = book.addImage({ buffer: (await drawChart(chart, language)) as never, extension: 'png' })
    sheet.addImage(id, { tl: { col: 0, row: sheet.rowCount + 1 }, ext: { ...chartSize } })
  }
  sheet.commit?.()
}

function coverSums(columns: readonly Column[], totals: Totals, say: OpenReport['say']): { title: string; currency: string | null; sum: number | string }[] {
  return totals.flatMap(({ currency, sums }) =>
    [...sums].map(([index, sum]) => ({ title: `${say.total}: ${say.columns[columns[index]?.id ?? 'all']}`, currency, sum: exactNumber(sum.toFixed()) })),
  )
}

/** The size at which a logo fits its row, in pixels. */
function fitted(logo: Logo): { width: number; height: number } {
  const { width, height } = pictureSize(logo) ?? { width: 160, height: 60 }
  const scale = Math.min(160 / width, 60 / height)
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}
