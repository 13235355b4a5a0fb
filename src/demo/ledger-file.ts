import type { DemoInvoice } from './company.ts'
import { demoCompany } from './company.ts'

const columns = [
  'administration',
  'debtor_number',
  'debtor_name',
  'country',
  'language',
  'email',
  'phone',
  'contact_name',
  'street',
  'postcode',
  'city',
  'company_number',
  'group',
  'collector',
  'invoice_number',
  'invoice_date',
  'due_date',
  'amount',
  'open_amount',
  'currency',
] as const

/** The debtor whose number somebody typed with a wrong check digit. */
const mistyped = 'fr-9'

/** The demo's ledger as the flat CSV that an ERP would export. A German number carries its court. */
export function ledgerCsv(invoices: DemoInvoice[]): string {
  const rows = invoices.map(({ debtor, ...invoice }) => {
    const row: Record<(typeof columns)[number], string> = {
      administration: demoCompany.code,
      debtor_number: debtor.number,
      debtor_name: debtor.name,
      country: debtor.country,
      language: debtor.language,
      email: debtor.email,
      phone: debtor.phone,
      contact_name: debtor.contact,
      street: debtor.street,
      postcode: debtor.postcode,
      city: debtor.city,
      company_number: [
        debtor.court,
        debtor.key === mistyped ? debtor.companyNumber.replace(/.$/, digit => String((Number(digit) + 1) % 10)) : debtor.companyNumber,
      ]
        .filter(Boolean)
        .join(' '),
      group: debtor.group,
      collector: debtor.collector,
      invoice_number: invoice.number,
      invoice_date: invoice.invoiceDate.toString(),
      due_date: invoice.dueDate.toString(),
      amount: decimal(invoice.cents),
      open_amount: decimal(invoice.openCents),
      currency: invoice.currency,
    }
    return columns.map(column => quoted(row[column])).join(',')
  })
  return `${[columns.join(','), ...rows].join('\n')}\n`
}

const decimal = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
