import type { Temporal } from 'temporal-polyfill'
import { lateChargesOf } from '#dunning'
import { type Db, type InvoiceModel, Prisma, toPlainDate } from '#platform'
import type { ProposalRules } from '../../deps.ts'
import type { EntryDebtor } from '../../entries/kinds/kind.ts'

type Facts = { db: Db; rules: Pick<ProposalRules, 'lateCharges'>; today: Temporal.PlainDate }

/** The texts of a file that is handed over, by their names: debtor, items, working of interest and costs, statement of account, notes. */
export async function fileTexts(facts: Facts, debtor: EntryDebtor, invoices: readonly InvoiceModel[]): Promise<Record<string, string>> {
  return {
    'debtor.csv': await debtorCsv(facts, debtor),
    'items.csv': itemsCsv(invoices, facts.today),
    'charges.csv': await chargesCsv(facts, debtor, invoices),
    'statement.csv': await statementCsv(facts, debtor),
    'notes.csv': await notesCsv(facts, debtor),
  }
}

async function debtorCsv({ db }: Facts, { id, number, name, legalForm, country, companyNumber, vatNumber }: EntryDebtor): Promise<string> {
  const contacts = await db.contact.findMany({ where: { debtorId: id, verified: true }, orderBy: { id: 'asc' } })
  const facts = { number, name, 'legal form': legalForm, country, 'company number': companyNumber, 'VAT number': vatNumber }
  return csv(
    ['what', 'value'],
    [
      ...Object.entries(facts),
      ...contacts.flatMap(each => [['contact', [each.name, each.email, each.phone, each.address].filter(Boolean).join('; ')] as const]),
    ],
  )
}

const itemHead = ['invoice', 'kind', 'invoice date', 'due', 'days late', 'amount', 'open', 'currency', 'reference']

const itemsCsv = (invoices: readonly InvoiceModel[], today: Temporal.PlainDate): string =>
  csv(itemHead, [...invoices.map(invoice => itemRow(invoice, today)), ...totalsOf(invoices)])

function itemRow({ number, kind, invoiceDate, dueDate, amount, openAmount, currency, paymentReference }: InvoiceModel, today: Temporal.PlainDate) {
  const due = toPlainDate(dueDate)
  const late = due.until(today, { largestUnit: 'day' }).days
  return [number, kind, dayOf(invoiceDate), due.toString(), String(Math.max(0, late)), amount.toFixed(2), openAmount.toFixed(2), currency, paymentReference]
}

const totalsOf = (invoices: readonly InvoiceModel[]) =>
  [...Map.groupBy(invoices, ({ currency }) => currency)].map(([currency, own]) => [
    'total',
    '',
    '',
    '',
    '',
    '',
    Prisma.Decimal.sum(...own.map(({ openAmount }) => openAmount)).toFixed(2),
    currency,
    '',
  ])

async function chargesCsv({ db, rules, today }: Facts, { id }: EntryDebtor, invoices: readonly InvoiceModel[]): Promise<string> {
  const items = invoices.map(invoice => ({ invoiceId: invoice.id, amount: invoice.openAmount.toFixed() }))
  const { working, untold } = await lateChargesOf(db, rules.lateCharges, { debtorId: id, items, until: today })
  const head = ['what', 'invoice', 'principal', 'from', 'until', 'days', 'percent a year', 'amount', 'currency', 'source']
  return csv(head, [
    ...working.map(line => {
      const { kind, invoice, principal, amount, source } = line
      const term = line.kind === 'interest' ? [line.from, line.until, String(line.days), line.percentage] : ['', '', '', '']
      return [kind, invoice, principal.amount.toFixed(2), ...term, amount.amount.toFixed(2), amount.currency, source]
    }),
    ...untold.map(({ what, invoice, why }) => [what, invoice, '', '', '', '', '', `not told: ${why.replaceAll('_', ' ')}`, '', '']),
  ])
}

async function statementCsv({ db, today }: Facts, { id }: EntryDebtor): Promise<string> {
  const open = await db.invoice.findMany({ where: { debtorId: id, status: 'open' }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] })
  return itemsCsv(open, today)
}

async function notesCsv({ db }: Facts, { id }: EntryDebtor): Promise<string> {
  const notes = await db.note.findMany({ where: { debtorId: id }, orderBy: { id: 'asc' } })
  return csv(
    ['day', 'note'],
    notes.map(({ createdAt, text }) => [createdAt.toISOString().slice(0, 10), text]),
  )
}

const dayOf = (date: Date | null) => (date === null ? '' : toPlainDate(date).toString())

/** Rows as RFC 4180 has them, in UTF-8 with the mark by which spreadsheets know it. */
const csv = (head: readonly string[], rows: readonly (readonly (string | null)[])[]): string =>
  `\uFEFF${[head, ...rows].map(row => row.map(cell).join(',')).join('\r\n')}\r\n`

/** Texts of debtors must not become formulas where they are opened. */
function cell(text: string | null): string {
  const said = text ?? ''
  const safe = /^[=+\-@\t\r]/.test(said) && !/^-?\d+(\.\d+)?$/.test(said) ? `'${said}` : said
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
