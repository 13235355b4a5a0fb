import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Temporal } from 'temporal-polyfill'
import { type DemoDebtor, type DemoInvoice, demoDebtors, demoInvoices } from './company.ts'
import { ledgerCsv } from './ledger-file.ts'

export type DemoFolder = {
  debtors: DemoDebtor[]
  invoices: DemoInvoice[]
  ledgerFile: string
  invoiceCopies: string
  mailbox: string
  outbox: string
  /** Ends the drawing of the invoice copies, when it still runs. */
  stop: () => Promise<void>
}

/** Lays out the demo company's files in `folder`: the ledger as CSV, the invoices as PDF, empty Maildirs. */
export function prepareDemo(folder: string, today: Temporal.PlainDate): DemoFolder {
  const paths = {
    ledgerFile: join(folder, 'ledger.csv'),
    invoiceCopies: join(folder, 'invoices'),
    mailbox: join(folder, 'mailbox'),
    outbox: join(folder, 'outbox'),
  }
  // A demo that goes on keeps its invoices: their dates count from the day it began.
  const dayFile = join(folder, 'began-on')
  const began = existsSync(dayFile) ? Temporal.PlainDate.from(readFileSync(dayFile, 'utf8')) : today
  const debtors = demoDebtors()
  const invoices = demoInvoices(debtors, began)
  for (const part of ['new', 'cur', 'tmp']) for (const box of [paths.mailbox, paths.outbox]) mkdirSync(join(box, part), { recursive: true })
  mkdirSync(paths.invoiceCopies, { recursive: true })
  writeFileSync(paths.ledgerFile, ledgerCsv(invoices))
  if (began === today) writeFileSync(dayFile, today.toString())

  const isDrawn = existsSync(join(paths.invoiceCopies, `${invoices.at(-1)?.number}.pdf`))
  const worker = isDrawn
    ? undefined
    : new Worker(new URL('./pdf-worker.ts', import.meta.url), { workerData: { folder: paths.invoiceCopies, today: began.toString() } })
  return { debtors, invoices, ...paths, stop: async () => void (await worker?.terminate()) }
}

/** Removes what an earlier demo left, except its database server's own files. */
export function clearDemo(folder: string): void {
  for (const part of ['ledger.csv', 'began-on', 'invoices', 'mailbox', 'outbox', 'blobs', 'rejects'])
    rmSync(join(folder, part), { recursive: true, force: true })
}
