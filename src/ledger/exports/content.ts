/** What a column holds, which decides how each format writes it. */
type ColumnKind = 'text' | 'amount' | 'date' | 'moment' | 'flag'

export type ExportColumn = {
  name: string
  kind: ColumnKind
  /** Expression over the tables of the content. */
  sql: string
}

/** One thing that can be exported: a table of the ledger as other programs want it. */
export type ExportContent = {
  /** One row of it, as the element of an XML file is called. */
  row: string
  columns: ExportColumn[]
  /** Columns that name a row to other programs. */
  key: string[]
  /** Columns of amounts whose sums tell whether a file arrived whole: those that no row repeats. */
  sums?: string[]
  /** What is the same row in every run, as text: ids of the database. */
  id: string
  /** Tables, with the administration as `a`. */
  from: string
  where?: string
}

export const text = (name: string, sql: string): ExportColumn => ({ name, kind: 'text', sql })
export const amount = (name: string, sql: string): ExportColumn => ({ name, kind: 'amount', sql })
export const date = (name: string, sql: string): ExportColumn => ({ name, kind: 'date', sql: `to_char(${sql}, 'YYYY-MM-DD')` })
export const flag = (name: string, sql: string): ExportColumn => ({ name, kind: 'flag', sql })
/** A moment in UTC, to the second. */
export const moment = (name: string, sql: string): ExportColumn => ({ name, kind: 'moment', sql: `to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')` })

/** The columns that say whose row it is. */
export const debtorColumns = [text('administration', 'a.code'), text('debtor_number', 'd.number'), text('debtor_name', 'd.name')]
/** The tables of something that hangs on a debtor. */
export const withDebtor = (table: string, alias: string): string =>
  `"${table}" ${alias} JOIN "Debtor" d ON d.id = ${alias}."debtorId" JOIN "Administration" a ON a.id = d."administrationId"`
