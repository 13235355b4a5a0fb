import { Writable } from 'node:stream'
import type { stream } from 'exceljs'
import { guardFormula } from './guard-formulas.ts'
import { type ExportPlace, openPartFile } from './part-file.ts'
import { plainAmount } from './plain-amount.ts'
import { type ExportFiles, type ExportRow, type TitledColumn, xmlText } from './table-file.ts'

const mostRows = 1_048_576 // of a sheet, with its header
const longestText = 32_767 // characters of a cell
const safeDigits = 15 // a spreadsheet calculates in doubles

const widths = { text: 22, amount: 16, date: 12, moment: 18, flag: 11 }
const formats = { text: '@', amount: '#,##0.00', date: 'yyyy-mm-dd', moment: 'yyyy-mm-dd hh:mm', flag: 'General' }

/** One workbook with a sheet for each content: amounts and dates are real ones, texts stay texts, the header stays in sight. */
export async function workbook(place: ExportPlace, file: string, formulas: 'guard' | 'keep'): Promise<ExportFiles> {
  const { default: excel } = await import('exceljs') // takes a while to load
  const part = await openPartFile(place, file)
  const sink = new Writable({
    highWaterMark: 1 << 20,
    write: (chunk: Buffer, _encoding, done) => void part.write(chunk).then(() => done(), done),
  })
  const failed = new Promise<never>((_, reject) => sink.once('error', reject))
  failed.catch(() => undefined)
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true, useSharedStrings: false })
  let altered = 0

  const textOf = (value: string): string => {
    const clean = xmlText(formulas === 'guard' ? guardFormula(value) : value)
    if (clean !== value && clean.includes('\ufffd') && !value.includes('\ufffd')) altered++
    // Excel reads _x0041_ as a character's number.
    const escaped = clean.replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    if (escaped.length <= longestText) return escaped
    altered++
    return `${escaped.slice(0, longestText - 1).toWellFormed()}…`
  }

  return {
    open: async (content, columns) => {
      const currency = columns.findIndex(({ name }) => name === 'currency')
      let sheets = 0
      let sheet = addSheet(book, content, columns)
      let rows = 1
      const turn = () => {
        sheet.commit()
        sheet = addSheet(book, `${content} ${++sheets + 1}`, columns)
        rows = 1
      }
      const writeRow = (given: ExportRow) => {
        if (rows === mostRows) turn()
        rows++
        const row = sheet.addRow(columns.map(({ kind }, index) => cellValue(kind, given[index] ?? null, given[currency], textOf)))
        columns.forEach(({ kind }, index) => {
          const digits = kind === 'amount' ? decimalsOf(given[index] ?? null, given[currency]) : 2
          if (digits !== 2) row.getCell(index + 1).numFmt = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`
        })
        row.commit()
      }
      return {
        write: async batch => {
          batch.forEach(writeRow)
          // Rows pass through a zip stream that knows no back pressure: it gets the time to empty itself.
          while (sink.writableLength > 1 << 20) await Promise.race([new Promise(resolve => sink.once('drain', resolve)), failed])
        },
        end: async () => sheet.commit(),
      }
    },
    end: async () => {
      await Promise.race([book.commit(), failed])
      return [{ ...(await part.end()), altered }]
    },
    discard: part.discard,
  }
}

function addSheet(book: stream.xlsx.WorkbookWriter, name: string, columns: TitledColumn[]) {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map(({ name: column, title, kind }) => ({
    header: guardFormula(title),
    width: Math.max(title.length + 2, column.endsWith('_name') ? 34 : widths[kind]),
    style: { numFmt: formats[kind] },
  }))
  const header = sheet.getRow(1)
  header.font = { bold: true }
  header.commit()
  return sheet
}

function cellValue(kind: TitledColumn['kind'], value: string | null, currency: string | null | undefined, textOf: (value: string) => string) {
  if (value === null) return null
  if (kind === 'text') return textOf(value)
  if (kind === 'flag') return value === 'true'
  if (kind !== 'amount') return value >= '1900-03-01' ? new Date(value) : value // before that Excel counts a day that never was
  const plain = plainAmount(value, currency)
  return plain.replaceAll(/\D/g, '').length <= safeDigits ? Number(plain) : plain
}

const decimalsOf = (value: string | null, currency: string | null | undefined): number =>
  value === null ? 2 : (plainAmount(value, currency).split('.')[1] ?? '').length
