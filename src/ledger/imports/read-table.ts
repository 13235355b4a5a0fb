import { basename } from 'node:path'
import { compileRows, type RowProblem } from './compile-rows.ts'
import type { Field } from './fields.ts'
import { findColumns } from './find-columns.ts'
import { scoreByLabels } from './find-header.ts'
import { openTable } from './import-ledger.ts'
import { defaultMapping, type Mapping } from './mapping.ts'
import { judgeNotation } from './notation.ts'
import { inspectFile, type SourceFile } from './open-text.ts'

export type TableField = { name: string; kind: Extract<Field['kind'], 'text' | 'number' | 'date' | 'amount' | 'country' | 'currency'> }

/** How a file is written; `columns`: field -> what the file calls it. */
type TableNotation = Pick<Mapping, 'columns' | 'delimiter' | 'encoding' | 'decimal' | 'dates'> & { sheet?: string | undefined }

/**
 * One row: a value for each field that the table has, empty where the cell is, in the form that the ledger keeps (a point before
 * decimals, ISO days). An amount's own currency stands under its name and `currency`: `limit currency`. What could not be read stands in `problems`.
 */
export type ReadRow = { line: number; values: Map<string, string>; problems: RowProblem[] }

/**
 * Reads any table, CSV or a sheet of Excel, by the same rules as imports of the ledger: encoding, delimiter, header line, decimals and
 * dates are judged from the whole file. A row that cannot be read is told and loses nothing but itself. Throws DuncanError `import.*`
 * for a file that is no such table.
 */
export async function* readTable(path: string, fields: readonly TableField[], { sheet, ...notation }: TableNotation): AsyncGenerator<ReadRow[]> {
  const fileName = basename(path)
  const source = await inspectFile(path, notation.encoding)
  const mapping: Mapping = { ...defaultMapping(), ...notation, ...(sheet && { sheet }) }
  const all = fields.map((field): Field => ({ ...field, required: false, soft: false }))
  const first = await openedTable(source, fileName, mapping, all)
  const named = { ...mapping, ...(first.layout?.sheet && { sheet: first.layout.sheet }) }
  const judged = await judgeNotation(first.batches, named, findColumns(named, first.columns, fileName, all), fileName)
  const table = await openedTable(source, fileName, named, all)
  const reader = compileRows(findColumns(named, table.columns, fileName, all), table.columns, judged)
  const names = fields.map(({ name }) => name).filter(name => reader.has(name))
  const fieldReaders = names.map(name => ({ name, read: reader.fields([name]) }))
  for await (const batch of table.batches) {
    yield batch.map(row => {
      if (row.problem) return { line: row.line, values: new Map(), problems: [{ line: row.line, column: '', problem: row.problem }] }
      const problems: RowProblem[] = []
      const values = new Map<string, string>()
      for (const { name, read } of fieldReaders) {
        const into: (string | null)[] = []
        if (!read(row, into, tell(problems), ignore)) continue
        values.set(name, into[0] ?? '')
        if (into[1]) values.set(`${name} currency`, into[1])
      }
      return { line: row.line, values, problems }
    })
  }
}

const openedTable = (source: SourceFile, fileName: string, mapping: Mapping, fields: Field[]) =>
  openTable(source, fileName, mapping, undefined, scoreByLabels(fields.map(({ name }) => mapping.columns[name] ?? name)))

const tell = (problems: RowProblem[]) => (problem: RowProblem) => void problems.push(problem)
const ignore = () => undefined
