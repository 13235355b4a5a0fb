import { plainAmount } from './plain-amount.ts'
import type { ExportRow, TitledColumn } from './table-file.ts'

// The XML of a workbook (ECMA-376, 18: SpreadsheetML). The library that Duncan reads workbooks with keeps a whole sheet in memory to
// write it.

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const safeDigits = 15 // a spreadsheet calculates in doubles
const widths = { text: 22, amount: 16, date: 12, moment: 18, flag: 11 }
/** Their place in this list is the style that a cell names: after the plain one and the header's, those of the kinds, then amounts by decimals. */
const formats = ['General', '@', '@', 'yyyy-mm-dd', 'yyyy-mm-dd hh:mm', '#,##0', '#,##0.0', '#,##0.00', '#,##0.000', '#,##0.0000']
const styles = { plain: 0, header: 1, text: 2, date: 3, moment: 4, amount: 5 }

/** The files of a workbook beside its sheets, by their paths in it. */
export function workbookParts(sheets: string[]): [path: string, xml: string][] {
  const parts = [...sheets.map((_, index) => [`worksheets/sheet${index + 1}.xml`, 'worksheet'] as const), ['styles.xml', 'styles'] as const]
  const types = [['workbook.xml', 'sheet.main'] as const, ...parts].map(
    ([path, kind]) => `<Override PartName="/xl/${path}" ContentType="${kinds}.${kind}+xml"/>`,
  )
  const links = parts.map(([path, kind], index) => `<Relationship Id="rId${index + 1}" Type="${relations}/${kind}" Target="${path}"/>`)
  const names = sheets.map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
  const codes = formats.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`)
  const cells = formats.map(
    (_, index) => `<xf numFmtId="${164 + index}" fontId="${index === styles.header ? 1 : 0}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  )
  const fonts = ['', '<b/>'].map(weight => `<font>${weight}<sz val="11"/><name val="Calibri"/></font>`)
  const fills = ['none', 'gray125'].map(pattern => `<fill><patternFill patternType="${pattern}"/></fill>`)
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types.join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    ['xl/workbook.xml', `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `${declaration}<Relationships xmlns="${packages}/relationships">${links.join('')}</Relationships>`],
    [
      'xl/styles.xml',
      `${declaration}<styleSheet xmlns="${main}">${list('numFmts', codes)}${list('fonts', fonts)}${list('fills', fills)}<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${list('cellXfs', cells)}</styleSheet>`,
    ],
  ]
}

const list = (name: string, members: string[]): string => `<${name} count="${members.length}">${members.join('')}</${name}>`

/** A sheet up to its first row of values: widths, and a header that stays in sight. */
export function sheetStart(columns: TitledColumn[], titles: string[]): string {
  const cols = columns.map(({ name, title, kind }, index) => {
    const width = Math.max(title.length + 2, name.endsWith('_name') ? 34 : widths[kind])
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
  })
  const frozen = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
  const header = titles.map((title, index) => textCell(`${letters(index)}1`, styles.header, title))
  return `${declaration}<worksheet xmlns="${main}"><sheetViews>${frozen}</sheetViews><cols>${cols.join('')}</cols><sheetData><row r="1">${header.join('')}</row>`
}

export const sheetEnd = '</sheetData></worksheet>'

/** A row of values: amounts and dates as real ones, unless a spreadsheet would make other ones of them. `textOf` prepares texts. */
export function sheetRow(
  place: number,
  columns: TitledColumn[],
  row: ExportRow,
  currency: string | null | undefined,
  textOf: (text: string) => string,
): string {
  const cells = columns.map(({ kind }, index) => {
    const value = row[index] ?? null
    return value === null ? '' : cellOf(`${letters(index)}${place}`, kind, value, currency, textOf)
  })
  return `<row r="${place}">${cells.join('')}</row>`
}

function cellOf(place: string, kind: TitledColumn['kind'], value: string, currency: string | null | undefined, textOf: (text: string) => string): string {
  if (kind === 'text') return textCell(place, styles.text, textOf(value))
  if (kind === 'flag') return `<c r="${place}" t="b"><v>${value === 'true' ? 1 : 0}</v></c>`
  if (kind === 'amount') {
    const plain = plainAmount(value, currency)
    const style = styles.amount + (plain.split('.')[1] ?? '').length
    return plain.replaceAll(/\D/g, '').length <= safeDigits ? `<c r="${place}" s="${style}"><v>${plain}</v></c>` : textCell(place, styles.text, plain)
  }
  // Before this day a spreadsheet counts a 29 February 1900 that never was.
  if (value < '1900-03-01' || value.length < 10) return textCell(place, styles.text, value)
  return `<c r="${place}" s="${styles[kind]}"><v>${Date.parse(value) / 86_400_000 + 25_569}</v></c>`
}

const textCell = (place: string, style: number, text: string): string =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

/** The letters of a column: A, Z, AA. */
const letters = (index: number): string => (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }
const escaped = (text: string): string => (/[&<>"\r]/.test(text) ? text.replaceAll(/[&<>"\r]/g, character => escapes[character] ?? '') : text)
