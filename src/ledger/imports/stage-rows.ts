import { checkCompanyNumber, checkVatNumber } from '../company-number.ts'
import { searchName } from '../search-name.ts'
import { searchNumber } from '../search-number.ts'
import type { Administrations } from './administrations.ts'
import type { FieldValues, RowProblem, RowReader } from './compile-rows.ts'
import type { ImportType } from './fields.ts'
import { excessDecimals } from './parse-values.ts'
import { copyText, type StagedTable } from './staging.ts'
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
  const administrationOf = administrationReader(reader, administrations)
  const makers: Record<ImportType, () => Stager> = {
    flat: () => both(debtorStager(reader, sinks, true), invoiceStager(reader, sinks)),
    debtors: () => debtorStager(reader, sinks, false),
    invoices: () => invoiceStager(reader, sinks),
    payments: () => paymentStager(reader, sinks),
    orders: () => orderStager(reader, sinks),
  }
  const stager = makers[type]()
  return row => {
    const write = stager(row, administrationOf(row))
    write?.()
    return write !== undefined
  }
}

type Administration = { id: number; currency: string }
/** Reads a row; the returned function writes it. Undefined for a bad row. */
type Stager = (row: SourceRow, administration: Administration) => (() => void) | undefined

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

function administrationReader(reader: RowReader, administrations: Administrations): (row: SourceRow) => Administration {
  let last: { code: string; administration: Administration } | undefined
  return row => {
    const code = reader.text(row, 'administration')
    if (last?.code !== code) last = { code, administration: administrations.of(code) }
    return last.administration
  }
}

const line = (values: (string | number | null)[]): string =>
  `${values.map(value => (typeof value === 'number' ? String(value) : copyText(value))).join('\t')}\n` // prettier-ignore

const ownedFields = {
  name: 'debtor_name',
  country: 'country',
  language: 'language',
  companyNumber: 'company_number',
  vatNumber: 'vat_number',
  legalForm: 'legal_form',
  paymentReference: 'payment_reference',
  collector: 'collector',
  group: 'group',
} as const // prettier-ignore
const contactFields = { email: 'email', name: 'contact_name', phone: 'phone' } as const
const rememberedDebtors = 100_000

// In a flat file a debtor stands beside each of its invoices. It is parsed and staged when its columns differ from when it was
// last seen; the newest line wins.
function debtorStager(reader: RowReader, sinks: RowSinks, isFlat: boolean): Stager {
  const owned = Object.entries(ownedFields).filter(([key, field]) => reader.has(field) && !(isFlat && key === 'paymentReference'))
  const contact = Object.entries(contactFields).filter(([, field]) => reader.has(field))
  const names = ['debtor_number', ...owned.map(([, field]) => field), ...contact.map(([, field]) => field)]
  const staged = new Map<string, number>()
  const values: FieldValues = {}

  return (row, administration) => {
    const number = reader.text(row, 'debtor_number')
    const key = `${administration.id} ${number}`
    let seen = 0
    for (const name of names) seen = mixIn(seen, reader.text(row, name))
    if (isFlat && staged.get(key) === seen) return nothing
    if (!reader.read(row, names, values, sinks.problem, sinks.warning)) return undefined
    const text = debtorLine(row.line, administration.id, number, values, owned, contact, sinks)
    return () => {
      if (staged.has(key))
        sinks.warning({ line: row.line, column: 'debtor_number', problem: 'this debtor stands with other facts on an earlier line; this line counts' })
      if (staged.size >= rememberedDebtors) staged.clear()
      if (isFlat) staged.set(key, seen)
      sinks.write('debtor', text)
    }
  }
}

const nothing = (): void => undefined

/** Adds a text to a checksum of 52 bits. Texts themselves would keep the pieces of the file alive that they were cut from. */
function mixIn(sum: number, text: string): number {
  let high = Math.floor(sum / 0x4000000) ^ 0x2ed1b
  let low = sum % 0x4000000
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    low = (Math.imul(low ^ code, 0x9e3779b1) >>> 6) & 0x3ffffff
    high = (Math.imul(high + code + low, 0x85ebca6b) >>> 6) & 0x3ffffff
  }
  return high * 0x4000000 + ((low ^ text.length) & 0x3ffffff)
}

function debtorLine(
  at: number,
  administration: number,
  number: string,
  values: FieldValues,
  owned: [string, string][],
  contact: [string, string][],
  sinks: RowSinks,
): string {
  const name = values.debtor_name ?? ''
  const given = values.company_number
  const company = given ? checkCompanyNumber(values.country, given) : undefined
  const vat = values.vat_number ? checkVatNumber(values.country, values.vat_number) : undefined
  if (company && 'problem' in company) sinks.warning({ line: at, column: 'company_number', problem: company.problem })
  if (vat && 'problem' in vat) sinks.warning({ line: at, column: 'vat_number', problem: vat.problem })
  const imported = Object.fromEntries(owned.map(([key, field]) => [key, values[field] ?? null]))
  const emails = values.email ? values.email.split('\n') : [null]
  const hasField = new Set(contact.map(([key]) => key))
  const contacts = emails.map((email, position) => ({
    position,
    email,
    // Only the first address is the named person's for sure.
    name: position === 0 ? values.contact_name : null,
    phone: position === 0 ? values.phone : null,
    imported: {
      ...(hasField.has('email') && { email }),
      ...(position === 0 && hasField.has('name') && { name: values.contact_name ?? null }),
      ...(position === 0 && hasField.has('phone') && { phone: values.phone ?? null }),
    },
  }))
  return line([
    at,
    administration,
    number,
    name,
    searchName(name),
    values.country ?? null,
    values.language ?? null,
    company && 'number' in company ? company.number : null,
    (company && 'number' in company && company.court) || null,
    given ?? null,
    company && 'problem' in company ? company.problem : null,
    vat && 'number' in vat ? vat.number : null,
    values.legal_form ?? null,
    values.payment_reference ?? null,
    values.collector ?? null,
    values.group ?? null,
    JSON.stringify(imported),
    contact.length > 0 ? JSON.stringify(contacts) : null,
  ]) // prettier-ignore
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
  const values: FieldValues = {}
  return (row, administration) => {
    if (!reader.read(row, invoiceFields, values, sinks.problem, sinks.warning)) return undefined
    const { debtor_number, invoice_number, invoice_date, due_date, amount, po_number, order_number, payment_reference } = values
    const currency = values.currency ?? administration.currency
    const open = values.open_amount ?? amount
    if (!hasRightDecimals(row, sinks, currency, { amount, open_amount: open })) return undefined
    const text = line([
      row.line,
      administration.id,
      debtor_number ?? null,
      invoice_number ?? null,
      searchNumber(invoice_number ?? ''),
      invoice_date ?? null,
      due_date ?? null,
      currency,
      amount ?? null,
      open ?? null,
      po_number ?? null,
      order_number ?? null,
      payment_reference ?? null,
    ]) // prettier-ignore
    return () => sinks.write('invoice', text)
  }
}

const paymentFields = ['payment_reference', 'received_on', 'amount', 'currency', 'debtor_number', 'invoice_number', 'allocated_amount', 'text']

function paymentStager(reader: RowReader, sinks: RowSinks): Stager {
  const values: FieldValues = {}
  return (row, administration) => {
    if (!reader.read(row, paymentFields, values, sinks.problem, sinks.warning)) return undefined
    const currency = values.currency ?? administration.currency
    const allocated = values.allocated_amount ?? (values.invoice_number ? values.amount : null)
    if (!hasRightDecimals(row, sinks, currency, { amount: values.amount, allocated_amount: allocated })) return undefined
    const text = line([
      row.line,
      administration.id,
      values.payment_reference ?? null,
      values.debtor_number ?? null,
      values.received_on ?? null,
      currency,
      values.amount ?? null,
      values.text ?? null,
      values.invoice_number ?? null,
      allocated ?? null,
    ]) // prettier-ignore
    return () => sinks.write('payment', text)
  }
}

const orderFields = ['debtor_number', 'order_number', 'order_date', 'amount', 'currency', 'po_number', 'status']

function orderStager(reader: RowReader, sinks: RowSinks): Stager {
  const values: FieldValues = {}
  return (row, administration) => {
    if (!reader.read(row, orderFields, values, sinks.problem, sinks.warning)) return undefined
    const currency = values.currency ?? administration.currency
    if (!hasRightDecimals(row, sinks, currency, { amount: values.amount })) return undefined
    const text = line([
      row.line,
      administration.id,
      values.debtor_number ?? null,
      values.order_number ?? null,
      values.order_date ?? null,
      currency,
      values.amount ?? null,
      values.po_number ?? null,
      values.status ?? null,
    ]) // prettier-ignore
    return () => sinks.write('order', text)
  }
}

function hasRightDecimals(row: SourceRow, sinks: RowSinks, currency: string, amounts: Record<string, string | null | undefined>): boolean {
  for (const [column, amount] of Object.entries(amounts)) {
    const problem = amount ? excessDecimals(amount, currency) : undefined
    if (problem === undefined) continue
    sinks.problem({ line: row.line, column, problem })
    return false
  }
  return true
}
