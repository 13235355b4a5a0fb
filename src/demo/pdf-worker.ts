import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { Temporal } from 'temporal-polyfill'
import { type DemoInvoice, demoDebtors, demoInvoices } from './company.ts'
import { writeInvoicePdf } from './invoice-pdf.ts'

// Draws the copies of all invoices beside the running demo, first those that the mails, and visitors who write one, ask for.
const { folder, today } = workerData as { folder: string; today: string }
const place = ({ debtor }: DemoInvoice) => Number(debtor.key.split('-')[1])
const isAskedSoon = (invoice: DemoInvoice, index: number) => index < 120 && (place(invoice) <= 5 || place(invoice) >= 10)
const invoices = demoInvoices(demoDebtors(), Temporal.PlainDate.from(today))
for (const invoice of [...invoices.filter(isAskedSoon), ...invoices.filter((each, index) => !isAskedSoon(each, index))])
  await writeInvoicePdf(join(folder, `${invoice.number}.pdf`), invoice)
