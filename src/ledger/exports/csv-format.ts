import { stringify } from 'csv-stringify/sync'
import { encodeWindows1252 } from './encode-windows-1252.ts'
import type { ExportSettings } from './exports-kind.ts'
import { guardFormula } from './guard-formulas.ts'
import { plainAmount } from './plain-amount.ts'
import type { ExportRow, TitledColumn } from './table-file.ts'
import { type TextFormat, utf8 } from './text-files.ts'

type CsvSettings = NonNullable<ExportSettings['csv']>

/** CSV (RFC 4180) in the form that settings ask for. */
export function csvFormat(columns: TitledColumn[], { separator, decimal, dates, encoding }: CsvSettings, formulas: ExportSettings['formulas']): TextFormat {
  const options = { delimiter: separator === 'tab' ? '\t' : separator, record_delimiter: '\r\n', quoted_match: /[\r\n]/ }
  const guard = formulas === 'guard' ? guardFormula : (text: string) => text
  const currency = columns.findIndex(({ name }) => name === 'currency')
  const cell = (value: string | null, { kind }: TitledColumn, row: ExportRow): string => {
    if (value === null) return ''
    if (kind === 'text') return guard(value)
    if (kind === 'amount') return plainAmount(value, row[currency]).replace('.', decimal)
    return kind === 'date' && dates !== 'yyyy-MM-dd' ? dayAs(dates, value) : value
  }
  const header = stringify([columns.map(({ title }) => guard(title))], options)
  return {
    head: encoding === 'utf-8-bom' ? `\ufeff${header}` : header,
    rows: rows =>
      stringify(
        rows.map(row => columns.map((column, index) => cell(row[index] ?? null, column, row))),
        options,
      ),
    tail: '',
    encode: encoding === 'windows-1252' ? encodeWindows1252 : utf8,
  }
}

function dayAs(form: string, iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-')
  return form.replace('yyyy', year).replace('MM', month).replace('dd', day)
}
