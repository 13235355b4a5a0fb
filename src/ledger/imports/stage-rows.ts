import { searchNumber } from '../search-number.ts'
import type { Administrations } from './administrations.ts'
import type { RowProblem, RowReader } from './compile-rows.ts'
import type { ImportType } from './fields.ts'
import { excessDecimals } from './parse-values.ts'
import { shape } from './parsed.ts'
import { type Administration, currencyOf } from './row-currency.ts'
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
    if (!administrations.accepts(code)) {
      rejected(row, sinks, 'administration', noCode(code))
      return false
    }
    if (last?.code !== code) last = { code, administration: administrations.of(code), isUsed: false }
    const write = stager(row, last.administration)
    if (write === undefined) return false
    if (!last.isUsed) administrations.use(code)
    last.isUsed = true
    write()
    return true
  }
}

const noCode = (code: string): string =>
  code === ''
    ? 'the row does not say which administration it belongs to: map the column that does, or give its code under "constants" in the mapping file'
    : `${shape(code)} is no code of an administration (letters, digits, dots and dashes, at most 40): translate it with "values" in the mapping file`

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
  'credit_amount',
  'debit_credit',
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
      debit = null,
      credit = null,
      side = null,
      given = null,
      named = null,
      po = null,
      order = null,
      reference = null,
      said = null,
    ] = values
    const currency = currencyOf(named, said, administration)
    const signed = signedAmounts({ debit, credit, side, open: given })
    if ('problem' in signed) return rejected(row, sinks, 'amount', signed.problem)
    const { amount, open } = signed
    const problem = currency.problem ?? excessDecimals(amount, currency.code) ?? excessDecimals(open, currency.code)
    if (problem !== undefined) return rejected(row, sinks, 'amount', problem)
    if (isBelowZero(open) !== isBelowZero(amount) && isSomething(open))
      sinks.warning({ line: row.line, column: 'open_amount', problem: `${open} has another sign than the amount (${amount})` })
    const text = copyLine([
      row.line,
      administration.id,
      copyText(debtor),
      copyText(number),
      searchNumber(number ?? ''),
      invoiced ?? empty,
      due ?? empty,
      currency.code,
      amount,
      open,
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
    const currency = currencyOf(named, said, administration)
    const allocated = given ?? (invoice === null ? null : amount)
    const problem = currency.problem ?? excessDecimals(amount, currency.code) ?? excessDecimals(allocated, currency.code)
    if (problem !== undefined) return rejected(row, sinks, 'amount', problem)
    const staged = copyLine([
      row.line,
      administration.id,
      copyText(reference),
      copyText(debtor),
      received ?? empty,
      currency.code,
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
    const currency = currencyOf(named, said, administration)
    const problem = currency.problem ?? excessDecimals(amount, currency.code)
    if (problem !== undefined) return rejected(row, sinks, 'amount', problem)
    const text = copyLine([
      row.line,
      administration.id,
      copyText(debtor),
      copyText(number),
      ordered ?? empty,
      currency.code,
      amount ?? empty,
      copyText(po),
      copyText(status),
    ])
    return () => sinks.write('order', text)
  }
}

type SignedAmounts = { amount: string; open: string } | { problem: string }

/** The amounts with the sign that their column, or the row's mark of debit and credit, gives them. */
function signedAmounts({ debit, credit, side, open }: Record<'debit' | 'credit' | 'side' | 'open', string | null>): SignedAmounts {
  if (isSomething(debit) && isSomething(credit)) return { problem: 'the row has an amount and a credit amount: one of the two must be empty' }
  if (credit !== null && isBelowZero(credit)) return { problem: `${credit} is below zero in the column of credits` }
  if (isSomething(credit) && isSomething(open) && !isBelowZero(open)) return { problem: `the row is a credit, and its open amount (${open}) is not below zero` }
  const amount = isSomething(credit) ? negative(credit) : (debit ?? credit)
  if (amount === null) return { problem: 'the value is missing' }
  if (side !== '-') return { amount, open: open ?? amount }
  if (isBelowZero(amount) || (open !== null && isBelowZero(open)))
    return { problem: 'the row is marked as a credit and its amount is below zero: what is meant?' }
  return { amount: negative(amount), open: negative(open ?? amount) }
}

const isSomething = (amount: string | null): amount is string => amount !== null && /[1-9]/.test(amount)
const isBelowZero = (amount: string): boolean => amount.startsWith('-')
const negative = (amount: string): string => (isSomething(amount) ? `-${amount}` : amount)

function rejected(row: SourceRow, sinks: RowSinks, column: string, problem: string): undefined {
  sinks.problem({ line: row.line, column, problem })
  return undefined
}
