// Rows per second of the invoice import beside bare COPY and a two-statement merge of the same rows on the same server.
// `node bench/import.ts --rows 100000 --json`

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished, pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { importLedger } from '#ledger'
import { type EmbeddedPostgres, ensureDatabase, migrate, openDatabase, silentLog, startEmbeddedPostgres, systemClock } from '#platform'

export type ImportBench = {
  rows: number
  importSeconds: number
  importRowsPerSecond: number
  reimportSeconds: number
  bareSeconds: number
  bareRowsPerSecond: number
  bareAgainSeconds: number
  /** Duncan's rate beside the bare one: 0.6 is the goal. */
  ratio: number
  /** Of the importing process, in MB. The database's server is not in it. */
  peakRssMb: number
}

/** Imports a generated file of `rows` invoices (ten a debtor) into an empty ledger, twice, and does the same by bare SQL into another. */
export async function benchImport({ rows }: { rows: number }): Promise<ImportBench> {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-bench-'))
  const server = await startEmbeddedPostgres(join(folder, 'pg'))
  try {
    const files = await writeFiles(folder, rows)
    const bare = await benchBare(await freshDatabase(server, 'bench_bare'), files.bare)
    const own = await benchOwn(await freshDatabase(server, 'bench_own'), files.flat, folder)
    const rate = (time: number) => Math.round(rows / time)
    return {
      rows,
      importSeconds: own.first,
      importRowsPerSecond: rate(own.first),
      reimportSeconds: own.again,
      bareSeconds: bare.first,
      bareRowsPerSecond: rate(bare.first),
      bareAgainSeconds: bare.again,
      ratio: Number((bare.first / own.first).toFixed(2)),
      peakRssMb: own.peakRssMb,
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function freshDatabase(server: EmbeddedPostgres, name: string): Promise<string> {
  await ensureDatabase(server, name)
  const url = server.url(name)
  await migrate(url)
  return url
}

const header =
  'administration;debtor_number;debtor_name;country;language;email;phone;contact_name;company_number;invoice_number;invoice_date;due_date;amount;open_amount;currency;po_number'

/** The flat file, and the same rows as a program would have them that needs no checking: one line per invoice, for COPY. */
async function writeFiles(folder: string, rows: number): Promise<{ flat: string; bare: string }> {
  const [flat, bare] = [join(folder, 'flat.csv'), join(folder, 'bare.txt')]
  const [flatOut, bareOut] = [createWriteStream(flat), createWriteStream(bare)]
  flatOut.write(`${header}\n`)
  const debtors = Math.max(1, Math.floor(rows / 10))
  for (let at = 0; at < rows; at += 2000) {
    let [flatText, bareText] = ['', '']
    for (let row = at; row < Math.min(rows, at + 2000); row++) {
      const debtor = (row * 7919) % debtors // scattered, as an export sorted by date is
      const number = `${2025000000 + row}`
      const amount = `${10 + ((row * 37) % 9000)}.${String((row * 13) % 100).padStart(2, '0')}`
      const day = `2025-${String((row % 12) + 1).padStart(2, '0')}-${String((row % 28) + 1).padStart(2, '0')}`
      const due = `2026-${String((row % 12) + 1).padStart(2, '0')}-${String((row % 28) + 1).padStart(2, '0')}`
      const name = `Debtor ${debtor} Trading`
      flatText += `NL01;D${debtor};${name} B.V.;NL;nl;ap${debtor}@d${debtor}.example;+31 20 555 ${debtor};Pat ${debtor};${String(10_000_000 + debtor)};${number};${day};${due};${amount};${amount};EUR;PO${row % 5000}\n`
      bareText += `D${debtor}\t${name} B.V.\t${name.toLowerCase()}\tap${debtor}@d${debtor}.example\t${number}\t${day}\t${due}\t${amount}\tEUR\tPO${row % 5000}\n`
    }
    if (!flatOut.write(flatText)) await once(flatOut, 'drain')
    if (!bareOut.write(bareText)) await once(bareOut, 'drain')
  }
  flatOut.end()
  bareOut.end()
  await Promise.all([finished(flatOut), finished(bareOut)])
  return { flat, bare }
}

type OwnFigures = { first: number; again: number; peakRssMb: number }

/** In a process of its own, so that its memory is the import's and not the benchmark's. */
async function benchOwn(url: string, file: string, dataDir: string): Promise<OwnFigures> {
  const child = fork(import.meta.filename, ['--import', file, '--database', url, '--data', dataDir])
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the import ended with code ${code}`))),
  ])) as [OwnFigures]
  return message
}

async function importTwice(url: string, file: string, dataDir: string): Promise<OwnFigures> {
  const database = openDatabase(url)
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
  const run = async () => {
    const result = await importLedger({ database, clock: systemClock, log: silentLog, dataDir }, { file })
    if (result.kind !== 'imported' || result.counts.rejected > 0) throw new Error(`the benchmark's own file was not imported: ${JSON.stringify(result)}`)
  }
  try {
    const first = await seconds(run)
    const again = await seconds(run)
    return { first, again, peakRssMb: Math.round(peak / 1e6) }
  } finally {
    clearInterval(watch)
    await database.close()
  }
}

/** The floor: COPY into an unlogged table and two statements, into the same tables with the same indexes. */
async function benchBare(url: string, file: string): Promise<{ first: number; again: number }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`INSERT INTO "Administration" (code, name) VALUES ('NL01', 'NL01')`)
  const run = async () => {
    await client.query(
      'CREATE UNLOGGED TABLE bare_stage (debtor text, name text, search text, email text, number text, day date, due date, amount numeric, currency text, po text)',
    )
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), client.query(copyFrom('COPY bare_stage FROM STDIN')))
    await client.query('BEGIN')
    await client.query(`INSERT INTO "Debtor" AS d ("administrationId", number, name, "searchName")
      SELECT DISTINCT ON (debtor) 1, debtor, name, search FROM bare_stage ORDER BY debtor
      ON CONFLICT ("administrationId", number) DO UPDATE SET name = excluded.name, "searchName" = excluded."searchName" WHERE d.name IS DISTINCT FROM excluded.name`)
    await client.query(`INSERT INTO "Invoice" AS i ("administrationId", "debtorId", number, "searchNumber", "invoiceDate", "dueDate", currency, amount, "openAmount", "poNumber")
      SELECT 1, d.id, s.number, s.number, s.day, s.due, s.currency, s.amount, s.amount, s.po FROM bare_stage s JOIN "Debtor" d ON d."administrationId" = 1 AND d.number = s.debtor
      ON CONFLICT ("administrationId", number) DO UPDATE SET "dueDate" = excluded."dueDate", amount = excluded.amount, "openAmount" = excluded."openAmount"
      WHERE (i."debtorId", i."dueDate", i.amount, i."openAmount") IS DISTINCT FROM (excluded."debtorId", excluded."dueDate", excluded.amount, excluded."openAmount")`)
    await client.query('COMMIT')
    await client.query('DROP TABLE bare_stage')
  }
  try {
    const first = await seconds(run)
    return { first, again: await seconds(run) }
  } finally {
    await client.end()
  }
}

async function seconds(run: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await run()
  return Number(((performance.now() - start) / 1000).toFixed(2))
}

if (import.meta.main) {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: { rows: { ...text, default: '100000' }, json: { type: 'boolean', default: false }, import: text, database: text, data: text },
  })
  if (values.import) process.send?.(await importTwice(values.database ?? '', values.import, values.data ?? ''), () => process.disconnect())
  else {
    const figures = await benchImport({ rows: Number(values.rows) })
    if (values.json) console.log(JSON.stringify(figures))
    else console.table(figures)
  }
}
