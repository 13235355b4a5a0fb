import { createZip } from '#platform'
import { guardFormula } from './guard-formulas.ts'
import { type ExportPlace, openPartFile } from './part-file.ts'
import { sheetEnd, sheetRow, sheetStart, workbookParts } from './sheet-xml.ts'
import { type ExportFiles, type ExportRow, type TitledColumn, xmlText } from './table-file.ts'

const mostRows = 1_048_576 // of a sheet, with its header
const longestText = 32_767 // characters of a cell
const fast = 1 // the level of packing: half the time of the usual one, for a fifth more bytes

/** One workbook with a sheet for each content: amounts and dates are real ones, texts stay texts, the header stays in sight. */
export async function workbook(place: ExportPlace, file: string, formulas: 'guard' | 'keep'): Promise<ExportFiles> {
  const part = await openPartFile(place, file)
  const zip = createZip(part.write, fast)
  const names: string[] = []
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

  async function openSheet(name: string, columns: TitledColumn[]) {
    names.push(name)
    const entry = zip.open(`xl/worksheets/sheet${names.length}.xml`)
    await entry.write(
      Buffer.from(
        sheetStart(
          columns,
          columns.map(({ title }) => textOf(title)),
        ),
      ),
    )
    return {
      write: (xml: string) => entry.write(Buffer.from(xml)),
      end: async () => {
        await entry.write(Buffer.from(sheetEnd))
        await entry.end()
      },
    }
  }

  return {
    open: async (content, columns) => {
      const currency = columns.findIndex(({ name }) => name === 'currency')
      let sheet = await openSheet(content, columns)
      let [sheets, rows] = [1, 1]
      const write = async (batch: ExportRow[]): Promise<void> => {
        const fitting = batch.slice(0, mostRows - rows)
        await sheet.write(fitting.map((row, index) => sheetRow(rows + index + 1, columns, row, row[currency], textOf)).join(''))
        rows += fitting.length
        if (fitting.length === batch.length) return
        await sheet.end()
        sheet = await openSheet(`${content} ${++sheets}`, columns)
        rows = 1
        await write(batch.slice(fitting.length))
      }
      return { write, end: () => sheet.end() }
    },
    end: async () => {
      for (const [path, xml] of workbookParts(names)) {
        const entry = zip.open(path)
        await entry.write(Buffer.from(xml))
        await entry.end()
      }
      await zip.end()
      return [{ ...(await part.end()), altered }]
    },
    discard: part.discard,
  }
}
