// A report of many rows as a workbook, beside the same rows as a deflated CSV straight from the database.
// `node bench/report.ts --rows 100000 --json`

import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createGzip } from 'node:zlib'
import { to as copyTo } from 'pg-copy-streams'
import { pino } from 'pino'
import { fullSight } from '#people'
import { createBlobs, fixedClock } from '#platform'
import { writeReport } from '#reports'
import { onFilledLedger } from './filled-ledger.ts'

export type ReportBench = {
  rows: number
  fileMb: number
  /** From the question to the file in the blob store. Goal: below 5 seconds of 100,000 rows. */
  seconds: number
  bareSeconds: number
  ratio: number
  /** What this process had in memory before, with its runtime and all of Duncan, and the highest that it had, in MB. Goal: at most 256 more. */
  beforeMb: number
  peakMb: number
}

/** Fills a ledger by SQL with ten open invoices a debtor, and writes the report of them all. */
export async function benchReport({ rows }: { rows: number }): Promise<ReportBench> {
  return onFilledLedger(fill(rows), async ({ database, bare, folder }) => {
    const deps = { database, clock: fixedClock('2026-06-30T08:00:00Z'), blobs: createBlobs(folder), log: pino({ level: 'silent' }), logos }
    const reader = { sight: fullSight, language: 'en', timeZone: 'Europe/Amsterdam', work: async () => [] } as const
    const beforeMb = peakMb()
    let size = 0
    const seconds = await timed(async () => {
      const written = await writeReport(deps, { report: 'open_items', filter: '' }, reader, 'xlsx')
      if (written.kind !== 'read' || written.result.rows !== rows) throw new Error('the report does not hold every row')
      size = written.result.size
    })
    const memory = { beforeMb, peakMb: peakMb() }
    const bareSeconds = await timed(() =>
      pipeline(bare.query(copyTo(`COPY (${sameRows}) TO STDOUT CSV`)), createGzip(), createWriteStream(join(folder, 'bare.gz'))),
    )
    return { rows, fileMb: round(size / 1e6), seconds: round(seconds), bareSeconds: round(bareSeconds), ratio: round(seconds / bareSeconds), ...memory }
  })
}

const peakMb = () => Math.round(process.resourceUsage().maxRSS / 1024)
const logos = async () => ({ administrations: {} })

const round = (value: number): number => Number(value.toFixed(2))

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const sameRows = `SELECT a.name, d.number, d.name, d.collector, i.number, i."invoiceDate", i."dueDate", DATE '2026-06-30' - i."dueDate", i.currency, i.amount, i."openAmount"
  FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId" JOIN "Administration" a ON a.id = d."administrationId" ORDER BY a.code, d.name, d.id, i."dueDate", i.id`

const fill = (rows: number): string[] => [
  `INSERT INTO "Administration" (code, name, "importedAt") VALUES ('NL01', 'Harbourlight Trading', '2026-06-30')`,
  `INSERT INTO "Debtor" ("administrationId", number, name, "searchName", collector)
    SELECT 1, (10000 + n)::text, 'Debtor ' || n, 'debtor ' || n, 'collector' || n % 20 FROM generate_series(1, GREATEST(1, ${rows} / 10)) AS n`,
  `INSERT INTO "Invoice" ("administrationId", "debtorId", number, "searchNumber", "invoiceDate", "dueDate", currency, amount, "openAmount")
    SELECT 1, 1 + (n - 1) % GREATEST(1, ${rows} / 10), (2026000000 + n)::text, (2026000000 + n)::text, DATE '2026-01-01' + n % 150, DATE '2026-02-01' + n % 150,
      CASE WHEN n % 20 = 0 THEN 'GBP' ELSE 'EUR' END, 10 + n % 9000 + 0.25, 10 + n % 9000 + 0.25 FROM generate_series(1, ${rows}) AS n`,
  'VACUUM ANALYZE',
]

if (import.meta.main) {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } } })
  const figures = await benchReport({ rows: Number(values.rows) })
  if (values.json) console.log(JSON.stringify(figures, null, 2))
  else console.table(figures)
}
