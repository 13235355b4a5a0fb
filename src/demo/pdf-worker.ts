import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { Temporal } from 'temporal-polyfill'
import { type DemoInvoice, demoDebtors, demoInvoices } from './company.ts'
import { writeInvoicePdf } from './invoice-pdf.ts'

// Draws the copies of all invoices beside the running demo, those that the mails ask for first.
const { folder, today } = workerData as { folder: string; today: string }
const isAskedSoon = ({ debtor }: DemoInvoice, index: number) => index < 120 && Number(debtor.key.split('-')[1]) <= 5
const invoices = demoInvoices(demoDebtors(), Temporal.PlainDate.from(today))
for (const invoice of [...invoices.filter(isAskedSoon), ...invoices.filter((each, index) => !isAskedSoon(each, index))])
  await writeInvoicePdf(join(folder, `${invoice.number}.pdf`), invoice)
