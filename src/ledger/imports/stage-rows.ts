import { searchNumber } from '../search-number.ts'
import type { Administrations } from './administrations.ts'
import type { RowProblem, RowReader } from './compile-rows.ts'
import type { ImportType } from './fields.ts'
import { excessDecimals } from './parse-values.ts'
import { debtorStager } from './stage-debtors.ts'
import { copyLine, copyText, emptyCopy as empty, type StagedTable } from './staging.ts'
import type { SourceRow } from './table-source.ts'

export type RowSinks = {
  write: (table: StagedTable, row: string) => void
  problem: (problem: RowProblem) => void
  warning: (problem: RowProblem) => void
}

/** Which tables the rows of a type go to. */
export const tablesOf: Record<ImportType, StagedTable[]> = {
  flat: ['debtor', 'invoice'],
  debtors: ['debtor'],
  invoices: ['invoice'],
  payments: ['payment'],
  orders: ['order'],
}

type StageRow = (row: SourceRow) => boolean

/** Makes the function that checks one row and writes it to the staging tables; it returns false for a row with a problem. */
export function rowStager(type: ImportType, reader: RowReader, administrations: Administrations, sinks: RowSinks): StageRow {
  const makers: Record<ImportType, () => Stager> = {
    flat: () => both(debtorStager(reader, sinks, true), invoiceStager(reader, sinks)),
    debtors: () => debtorStager(reader, sinks, false),
    invoices: () => invoiceStager(reader, sinks),
    payments: () => paymentStager(reader, sinks),
    orders: () => orderStager(reader, sinks),
  }
  const stager = makers[type]()
  let last: { code: string; administration: Administration; isUsed: boolean } | undefined
  return row => {
    const code = reader.text(row, 'administration')
    if (last?.code !== code) last = { code, administration: administrations.of(code), isUsed: false }
    const write = stager(row, last.administration)
    if (write === undefined) return false
    if (!last.isUsed) administrations.use(code)
    last.isUsed = true
    write()
    return true
  }
}

type Administration = { id: number; currency: string }
/** Reads a row; the returned function writes it. Undefined for a bad row. */
export type Stager = (row: SourceRow, administration: Administration) => (() => void) | undefined

/** Both are read before either is written, so that one pass over the file tells every mistake of a row. */
const both = (one: Stager, other: Stager): Stager => {
  return (row, administration) => {
    const first = one(row, administration)
    const second = other(row, administration)
    if (first === undefined || second === undefined) return undefined
    return () => {
      first()
      second()
    }
  }
}

const invoiceFields = [
  'debtor_number',
  'invoice_number',
  'invoice_date',
  'due_date',
  'amount',
  'open_amount',
  'currency',
  'po_number',
  'order_number',
  'payment_reference',
]

function invoiceStager(reader: RowReader, sinks: RowSinks): Stager {
  const read = reader.fields(invoiceFields)
  const values: (string | null)[] = []
  return (row, administration) => {
    if (!read(row, values, sinks.problem, sinks.warning)) return undefined
    const [
      debtor = '',
      number = '',
      invoiced = null,
      due = null,
      amount = null,
      given = null,
      named = null,
      po = null,
      order = null,
      reference = null,
      said = null,
    ] = values
    const currency = named ?? said ?? administration.currency
    if (said !== null && said !== currency) return rejected(row, sinks, 'amount', otherCurrency(said, currency))
    const open = given ?? amount
    const problem = excessDecimals(amount, currency) ?? excessDecimals(open, currency)
    if (problem !== undefined) return rejected(row, sinks, 'amount', problem)
    const text = copyLine([
      row.line,
      administration.id,
      copyText(debtor),
      copyText(number),
      searchNumber(number ?? ''),
      invoiced ?? empty,
      due ?? empty,
      currency,
      amount ?? empty,
      open ?? empty,
      copyText(po),
      copyText(order),
      copyText(reference),
    ]) // prettier-ignore
    return () => sinks.write('invoice', text)
  }
}

const paymentFields = ['payment_reference', 'received_on', 'amount', 'currency', 'debtor_number', 'invoice_number', 'allocated_amount', 'text']

function paymentStager(reader: RowReader, sinks: RowSinks): Stager {
  const read = reader.fields(paymentFields)
  const values: (string | null)[] = []
  return (row, administration) => {
    if (!read(row, values, sinks.problem, sinks.warning)) return undefined
    const [reference = null, received = null, amount = null, named = null, debtor = null, invoice = null, given = null, text = null, said = null] = values
    const currency = named ?? said ?? administration.currency
    if (said !== null && said !== currency) return rejected(row, sinks, 'amount', otherCurrency(said, currency))
    const allocated = given ?? (invoice === null ? null : amount)
    const problem = excessDecimals(amount, currency) ?? excessDecimals(allocated, currency)
    if (problem !== undefined) return rejected(row, sinks, 'amount', problem)
    const staged = copyLine([
      row.line,
      administration.id,
      copyText(reference),
      copyText(debtor),
      received ?? empty,
      currency,
      amount ?? empty,
      copyText(text),
      copyText(invoice),
      allocated ?? empty,
    ]) // prettier-ignore
    return () => sinks.write('payment', staged)
  }
}

const orderFields = ['debtor_number', 'order_number', 'order_date', 'amount', 'currency', 'po_number', 'status']

function orderStager(reader: RowReader, sinks: RowSinks): Stager {
  const read = reader.fields(orderFields)
  const values: (string | null)[] = []
  return (row, administration) => {
    if (!read(row, values, sinks.problem, sinks.warning)) return undefined
    const [debtor = null, number = null, ordered = null, amount = null, named = null, po = null, status = null, said = null] = values
    const currency = named ?? said ?? administration.currency
    if (said !== null && said !== currency) return rejected(row, sinks, 'amount', otherCurrency(said, currency))
    const problem = excessDecimals(amount, currency)
    if (problem !== undefined) return rejected(row, sinks, 'amount', problem)
    const text = copyLine([
      row.line,
      administration.id,
      copyText(debtor),
      copyText(number),
      ordered ?? empty,
      currency,
      amount ?? empty,
      copyText(po),
      copyText(status),
    ])
    return () => sinks.write('order', text)
  }
}

const otherCurrency = (said: string, currency: string): string => `the amount says ${said}, and the currency of the row is ${currency}`

function rejected(row: SourceRow, sinks: RowSinks, column: string, problem: string): undefined {
  sinks.problem({ line: row.line, column, problem })
  return undefined
}
