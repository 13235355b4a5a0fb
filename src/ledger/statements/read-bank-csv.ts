import { DuncanError, Prisma } from '#platform'
import { compileRows } from '../imports/compile-rows.ts'
import { importFields } from '../imports/fields.ts'
import { findColumns } from '../imports/find-columns.ts'
import type { Mapping } from '../imports/mapping.ts'
import { notationOf } from '../imports/notation.ts'
import type { SourceRow, TableSource } from '../imports/table-source.ts'
import { type BankLine, bare, meaningful, oneLine, type StatementPart } from './bank-line.ts'

/** A line of a bank account need not have a reference of its own. */
const fields = importFields.payments.map(field => (field.name === 'payment_reference' ? { ...field, required: false } : field))
const names = ['account', 'received_on', 'amount', 'currency', 'payment_reference', 'payer_name', 'payer_iban', 'text', 'structured_reference', 'end_to_end_id']

/**
 * Reads the lines of one bank account from a CSV or XML file by the mapping of a payments file with `bank_statement: true`; negative
 * amounts are money that went out. Throws `statement.csv` with the line and column of the first value that cannot be read.
 */
export async function* readBankCsv(table: TableSource, mapping: Mapping, fileName: string, account: string | undefined): AsyncGenerator<StatementPart> {
  let read: ReturnType<ReturnType<typeof compileRows>['fields']> | undefined
  let opened: { account: string; currency: string } | undefined
  let lastDay = ''
  const fault = (line: number, problem: string) =>
    new DuncanError(
      'statement.csv',
      `${fileName}, line ${line}: ${problem}.`,
      'Correct this line or the mapping file, then import again: nothing of the file was taken.',
    )

  for await (const batch of table.batches) {
    read ??= readerOf(table, batch, mapping, fileName)
    const lines: BankLine[] = []
    for (const row of batch) {
      const values = valuesOf(row, read, fault)
      const [given, bookedOn, amount, named] = values
      const own = { account: bare(given ?? account ?? ''), currency: named ?? values[names.length] ?? opened?.currency ?? '' }
      if (own.account === '') throw fault(row.line, 'no account: map a column to "account", give it as a constant, or name it with --account')
      if (opened && (opened.account !== own.account || opened.currency !== own.currency))
        throw fault(row.line, 'a second account or currency: import one file an account')
      if (!opened) yield { kind: 'statement', head: { format: 'csv', place: fileName, ...own, number: '' } }
      opened = own
      if (bookedOn && bookedOn > lastDay) lastDay = bookedOn
      const line = lineOf(row.line, bookedOn ?? '', new Prisma.Decimal(amount ?? 0), values.slice(4))
      if (line) lines.push(line)
    }
    yield { kind: 'lines', lines }
  }
  if (!opened) throw fault(1, 'the file has no lines')
  yield { kind: 'end', end: { closedOn: lastDay } }
}

function readerOf(table: TableSource, batch: SourceRow[], mapping: Mapping, fileName: string): ReturnType<ReturnType<typeof compileRows>['fields']> {
  const columns = findColumns(mapping, table.columns, fileName, fields)
  return compileRows(columns, table.columns, notationOf(batch, mapping, columns, fileName)).fields(names)
}

function valuesOf(
  row: SourceRow,
  read: NonNullable<ReturnType<ReturnType<typeof compileRows>['fields']>>,
  fault: (line: number, problem: string) => DuncanError,
): (string | null)[] {
  if (row.problem !== undefined) throw fault(row.line, row.problem)
  const values: (string | null)[] = []
  let problem = ''
  if (!read(row, values, found => void (problem ||= `${found.column}: ${found.problem}`), ignoreWarning)) throw fault(row.line, problem)
  return values
}

const ignoreWarning = () => undefined

function lineOf(line: number, bookedOn: string, amount: Prisma.Decimal, rest: (string | null)[]): BankLine | undefined {
  const [reference, name, iban, text, structured, endToEnd] = rest.map(value => value ?? undefined)
  if (amount.isZero()) return undefined
  const bankReference = meaningful(reference)
  const endToEndId = meaningful(endToEnd)
  return {
    place: `line ${line}`,
    bookedOn,
    amount: amount.abs(),
    direction: amount.isNegative() ? 'out' : 'in',
    isReversal: false,
    text: oneLine(text ?? ''),
    ...(name !== undefined && { payerName: oneLine(name) }),
    ...(iban !== undefined && { payerIban: bare(iban) }),
    ...(structured !== undefined && { structuredReference: bare(structured) }),
    ...(bankReference !== undefined && { bankReference }),
    ...(endToEndId !== undefined && { endToEndId }),
  }
}
