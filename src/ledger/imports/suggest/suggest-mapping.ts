import { basename } from 'node:path'
import { DuncanError } from '#platform'
import { importFields } from '../fields.ts'
import { findColumns } from '../find-columns.ts'
import { openTable } from '../import-ledger.ts'
import { defaultMapping, type Mapping } from '../mapping.ts'
import { judgeNotation, type NotationReport } from '../notation.ts'
import { inspectFile, readText, type SourceFile } from '../open-text.ts'
import { readXml } from '../read-xml.ts'
import { isPageHead, isTotalsRow } from '../totals-row.ts'
import { findXmlRecords, type XmlRecords } from './find-xml-records.ts'
import { headerScore, headerWords } from './header-words.ts'
import type { ColumnLook } from './look-at-column.ts'
import { matchColumns, type SuggestedColumn, type UnsureColumn } from './match-columns.ts'
import { codeOfName } from './name-codes.ts'

export type Suggestion = {
  mapping: Mapping
  matched: SuggestedColumn[]
  unsure: UnsureColumn[]
  /** Fields that an import needs and that no column was found for. */
  missing: string[]
  /** What the file leaves open, each with the key of the mapping that settles it. */
  doubts: { key: 'decimal' | 'dates'; question: string }[]
  /** Fields whose empty cells look like merged ones. */
  fillDown: string[]
  encoding: string
  isEncodingSure: boolean
  headerLine: number
  /** Some rows as they stand in the file, by the order of `columns`. */
  columns: string[]
  rows: string[][]
}

const looked = 1000 // rows

/**
 * Suggests a mapping for a file of invoices with their debtors, of debtors alone, or of invoices alone, from its own headers and
 * contents. `given` stands above what is found. Throws `import.file`, or `import.columns` when it is no table.
 */
export async function suggestMapping(file: string, given: Partial<Mapping> = {}): Promise<Suggestion> {
  const fileName = basename(file)
  const source = await inspectFile(file, given.encoding ?? 'auto')
  const xml = !source.isWorkbook && /\.xml$/i.test(fileName) ? await xmlRecords(source, fileName) : undefined
  const start: Mapping = { ...defaultMapping(), ...(xml && { format: 'xml', records: xml.records }), ...given }
  const table = xml
    ? await readXml(
        readText(source),
        fileName,
        xml.records,
        xml.paths.map(path => ({ path, isMapped: true })),
      )
    : await openTable(source, fileName, start, undefined, likeHeader)
  const rows = await firstRows(table)
  const found = matchColumns(table.columns, rows, xml?.records.split('/').at(-1))
  const { unsure, looks } = found
  const type = given.type ?? typeOf(found)
  const fields = importFields[type]
  const matched = found.matched.filter(({ field }) => fields.some(({ name }) => name === field))
  const columns = { ...Object.fromEntries(matched.map(({ field, column }) => [field, column])), ...start.columns }
  const missing = fields.filter(({ name, required }) => required && columns[name] === undefined).map(({ name }) => name)
  const named: Mapping = { ...start, type, columns, values: { ...valuesFor(matched, table.columns, looks, rows), ...start.values } }
  const { mapping, doubts } = await settleNotation(source, fileName, named, missing)

  return {
    mapping,
    matched,
    unsure,
    missing,
    doubts,
    fillDown: mergedFields(matched, table.columns, rows),
    encoding: source.isWorkbook ? 'xlsx' : source.encoding,
    isEncodingSure: source.isSure,
    headerLine: table.layout?.headerLine ?? 1,
    columns: table.columns,
    rows: rows.slice(0, 5),
  }
}

const searchedXml = 1 << 19 // characters

async function xmlRecords(source: SourceFile, fileName: string): Promise<XmlRecords> {
  let start = ''
  for await (const piece of readText(source)) if ((start += piece).length >= searchedXml) break
  const found = findXmlRecords(start)
  if (found) return found
  const remedy = 'Copy samples/ledger/invoices-xml.yaml and write the paths of your file into it.'
  throw new DuncanError('import.suggest', `Nothing in ${fileName} is repeated as the records of a list are.`, remedy)
}

/** Debtors alone name no invoice; invoices alone name their debtor by number, and have no column that could be a name. */
function typeOf({ matched, unsure, looks }: ReturnType<typeof matchColumns>): Mapping['type'] {
  const has = (field: string) => matched.some(each => each.field === field)
  if (has('debtor_number') && has('debtor_name') && !['invoice_number', 'due_date', 'amount'].some(has)) return 'debtors'
  const mayBeName = unsure.some(({ samples }) => samples.length > 0 && samples.every(text => /\p{L}{2}/u.test(text) && !/\d/.test(text)))
  const isComplete = ['debtor_number', 'invoice_number', 'due_date', 'amount'].every(has)
  return isComplete && !has('debtor_name') && !mayBeName && looks.length > 0 ? 'invoices' : 'flat'
}

/** The first records; totals and heads of pages would only blur what a column holds. */
async function firstRows({ batches, columns }: Pick<Awaited<ReturnType<typeof openTable>>, 'batches' | 'columns'>): Promise<string[][]> {
  const rows: string[][] = []
  for await (const batch of batches) {
    for (const row of batch) {
      if (row.problem !== undefined || isPageHead(row, columns) || isTotalsRow(row, '')) continue
      rows.push(row.cells.map(cell => Buffer.from(cell).toString()))
    }
    if (rows.length >= looked) break
  }
  return rows.slice(0, looked)
}

/** How many cells of a row are names of columns, if more than one is. */
function likeHeader(cells: string[]): number {
  const fields = [...headerWords.keys()]
  const named = cells.filter(cell => cell.length < 60 && fields.some(field => headerScore(cell, field) >= 0.8)).length
  return named > 1 ? named : 0
}

/** The decimal mark and the order of dates are written down: a small file of tomorrow may not show them. */
async function settleNotation(source: SourceFile, fileName: string, mapping: Mapping, missing: string[]): Promise<Pick<Suggestion, 'mapping' | 'doubts'>> {
  const known = importFields[mapping.type].filter(({ name }) => !missing.includes(name))
  const doubts: Suggestion['doubts'] = []
  const judge = async (tried: Mapping): Promise<NotationReport | undefined> => {
    const table = await openTable(source, fileName, tried, undefined, likeHeader)
    try {
      return (await judgeNotation(table.batches, tried, findColumns(tried, table.columns, fileName, known), fileName)).said
    } catch (error) {
      const key = error instanceof DuncanError && error.code === 'import.decimal' ? 'decimal' : 'dates'
      if (!(error instanceof DuncanError) || !['import.decimal', 'import.dates'].includes(error.code)) throw error
      doubts.push({ key, question: error.message })
      return doubts.length > 2 ? undefined : judge({ ...tried, ...(key === 'decimal' ? { decimal: '.' as const } : { dates: 'day_first' as const }) })
    }
  }
  const said = await judge(mapping)
  const isOpen = (key: 'decimal' | 'dates') => doubts.some(doubt => doubt.key === key)
  const orders = [...new Set(Object.values(said?.dates ?? {}))]
  return {
    doubts,
    mapping: {
      ...mapping,
      ...(mapping.decimal === 'auto' && !isOpen('decimal') && (said?.decimal === ',' || said?.decimal === '.') && { decimal: said.decimal }),
      ...(mapping.dates === 'auto' && !isOpen('dates') && orders.length === 1 && { dates: orders[0] ?? 'auto' }),
    },
  }
}

/** Names of countries, languages and currencies, with their codes. */
function valuesFor(matched: SuggestedColumn[], columns: string[], looks: ColumnLook[], rows: string[][]): Mapping['values'] {
  const found: Mapping['values'] = {}
  for (const subject of ['country', 'language', 'currency'] as const) {
    const index = columns.indexOf(matched.find(({ field }) => field === subject)?.column ?? '')
    if (index < 0 || !looks[index]) continue
    const names = [...new Set(rows.map(cells => (cells[index] ?? '').trim()))]
    const codes = names.flatMap(name => {
      const code = codeOfName(subject, name)
      return code === undefined || name.toUpperCase() === code ? [] : [[name, code] as const]
    })
    if (codes.length > 0) found[subject] = Object.fromEntries(codes)
  }
  return found
}

const isEmpty = (cells: string[], index: number): boolean => (cells[index] ?? '').trim() === ''

/** Facts of the debtor that stand on the first of several rows only. */
function mergedFields(matched: SuggestedColumn[], columns: string[], rows: string[][]): string[] {
  const indexOf = (field: string) => columns.indexOf(matched.find(each => each.field === field)?.column ?? '')
  const number = indexOf('invoice_number')
  const records = rows.filter(cells => number >= 0 && !isEmpty(cells, number))
  const [first] = records
  const isMerged = (field: string) => {
    const index = indexOf(field)
    if (index < 0 || !first || isEmpty(first, index)) return false
    return records.filter(cells => isEmpty(cells, index)).length >= Math.max(1, records.length / 20)
  }
  const lead = ['debtor_number', 'debtor_name'].filter(isMerged)
  const [leading] = lead
  if (leading === undefined) return []
  // What stands beside the debtor was merged with it: left empty, it would count as gone.
  const below = records.filter(cells => isEmpty(cells, indexOf(leading)))
  const beside = matched.map(({ field }) => field).filter(field => isDebtorFact(field) && !lead.includes(field))
  return [...lead, ...beside.filter(field => isMerged(field) && below.every(cells => isEmpty(cells, indexOf(field))))]
}

const isDebtorFact = (field: string): boolean => importFields.debtors.some(({ name }) => name === field) && field !== 'payment_reference'
