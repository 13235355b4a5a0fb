import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { Temporal } from 'temporal-polyfill'
import { demoDebtors, demoInvoices } from './company.ts'
import { writeInvoicePdf } from './invoice-pdf.ts'

// Draws the copies of all invoices beside the running demo, those that the mails ask for first.
const { folder, today } = workerData as { folder: string; today: string }
for (const invoice of demoInvoices(demoDebtors(), Temporal.PlainDate.from(today))) await writeInvoicePdf(join(folder, `${invoice.number}.pdf`), invoice)
