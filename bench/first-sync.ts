// Mails per second of a mailbox's first sync (fetch, keep the raw source, parse, thread, link, store) beside bare imapflow and
// simpleParser, which store nothing: same mailbox, same parser options, as many parser threads.
// `node bench/first-sync.ts --mails 2000 --json`; with `--plain` small mails without attachments.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { ImapFlow } from 'imapflow'
import { simpleParser } from 'mailparser'
import { createMailSync, createParser, defaultParserThreads, openImapMailbox } from '#mail'
import {
  createBlobs,
  type Database,
  type EmbeddedPostgres,
  ensureDatabase,
  migrate,
  openDatabase,
  silentLog,
  startEmbeddedPostgres,
  systemClock,
} from '#platform'
import { parserOptions } from '../src/mail/parse-mail.ts'
import { type Dovecot, startDovecot } from '../tests/support/dovecot.ts'
import { contactOf, debtors, invoiceNumber, invoicesPerDebtor, mailAt } from './mail-corpus.ts'

export type FirstSyncBench = {
  mails: number
  megabytes: number
  threads: number
  bareMailsPerSecond: number
  ownMailsPerSecond: number
  /** Duncan's rate beside the bare one: 0.75 is the goal. */
  ratio: number
  /** Processor time of this process a mail, without the database's and the mail server's: steadier than rates on a busy machine. */
  bareCpuMs: number
  ownCpuMs: number
  peakRssMb: number
}

/** Reads a mailbox of `mails` mails bare and by Duncan, in turns, and compares the medians. */
export async function benchFirstSync({
  mails,
  rounds = 3,
  threads = defaultParserThreads(),
  plain = false,
}: {
  mails: number
  rounds?: number
  threads?: number
  plain?: boolean
}): Promise<FirstSyncBench> {
  const cleanups: (() => unknown)[] = []
  const scope = { after: (cleanup: () => unknown) => void cleanups.unshift(cleanup) }
  try {
    const folder = mkdtempSync(join(tmpdir(), 'duncan-bench-'))
    scope.after(() => rmSync(folder, { recursive: true, force: true }))
    let bytes = 0
    const fill = (maildir: string) => {
      for (let index = 0; index < mails; index++) {
        const source = mailAt(index, { plain })
        bytes += source.length
        writeFileSync(join(maildir, 'cur', `${1_700_000_000 + index}.M${index}.bench,S=${source.length}:2,S`), source)
      }
    }
    const dovecot = await startDovecot(scope, { maildirs: { bench: fill } })
    const server = await startEmbeddedPostgres(join(folder, 'pg'))
    scope.after(() => server.stop())
    await bareSync(dovecot, threads, 100) // Dovecot builds its index, and the files come into memory

    const [bare, own]: [Sync[], Sync[]] = [[], []]
    let peak = 0
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50)
    for (let round = 0; round < rounds; round++) {
      bare.push(await bareSync(dovecot, threads, mails))
      own.push(await ownSync(dovecot, threads, mails, server, folder, round))
    }
    clearInterval(watch)
    const seconds = (syncs: Sync[]) => median(syncs.map(sync => sync.seconds))
    const rate = (syncs: Sync[]) => Math.round(mails / seconds(syncs))
    const cpuMs = (syncs: Sync[]) => Number(((median(syncs.map(sync => sync.cpuSeconds)) * 1000) / mails).toFixed(2))
    return {
      mails,
      megabytes: Math.round(bytes / 1e6),
      threads,
      bareMailsPerSecond: rate(bare),
      ownMailsPerSecond: rate(own),
      ratio: Number((seconds(bare) / seconds(own)).toFixed(2)),
      bareCpuMs: cpuMs(bare),
      ownCpuMs: cpuMs(own),
      peakRssMb: Math.round(peak / 1e6),
    }
  } finally {
    for (const cleanup of cleanups) await cleanup()
  }
}

type Sync = { seconds: number; cpuSeconds: number }

/** Starts a clock for time and processor time. */
function startClock(): () => Sync {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }
  }
}

/** What imapflow and simpleParser need when nothing is kept. */
async function bareSync(dovecot: Dovecot, threads: number, mails: number): Promise<Sync> {
  const workers = Array.from({ length: threads }, () => new Worker(new URL(import.meta.url), { workerData: { role: 'bare-parser' } }))
  const counts = { asked: 0, parsed: 0 }
  let waiting: { atLeast: number; resolve: () => void } | undefined
  for (const worker of workers) {
    worker.on('message', () => {
      counts.parsed += 1
      if (waiting && counts.parsed >= waiting.atLeast) waiting.resolve()
    })
  }
  const parse = (source: Buffer) => workers[counts.asked++ % threads]?.postMessage(source)
  const untilParsed = async (atLeast: number) => {
    if (counts.parsed < atLeast) await new Promise<void>(resolve => (waiting = { atLeast, resolve }))
  }
  for (const _ of workers) parse(mailAt(0)) // loaded before the clock starts, as Duncan's are
  await untilParsed(threads)

  const clock = startClock()
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: 'bench', pass: 'secret' },
    logger: false,
  })
  client.on('error', () => undefined)
  await client.connect()
  await client.mailboxOpen('INBOX')
  for await (const { source } of client.fetch(`1:${mails}`, { uid: true, flags: true, internalDate: true, size: true, source: true })) {
    if (source) parse(source)
    await untilParsed(counts.asked - 100)
  }
  await untilParsed(mails + threads)
  const needed = clock()
  await client.logout()
  await Promise.all(workers.map(worker => worker.terminate()))
  return needed
}

/** What Duncan needs until it has the mailbox in its database. */
async function ownSync(dovecot: Dovecot, threads: number, mails: number, server: EmbeddedPostgres, folder: string, round: number): Promise<Sync> {
  const name = `bench_${round}`
  await ensureDatabase(server, name)
  await migrate(server.url(name))
  const database = openDatabase(server.url(name))
  const parser = createParser({ threads })
  try {
    await fillLedger(database)
    await Promise.all(Array.from({ length: threads }, () => parser.parse(mailAt(0))))
    const synced = Promise.withResolvers<void>()
    const sync = createMailSync({
      database,
      parser,
      queue: { sendMany: async () => undefined },
      blobs: createBlobs(join(folder, `blobs-${round}`)),
      ops: { raise: async alert => synced.reject(new Error(alert.problem)), resolve: async () => synced.resolve() },
      clock: systemClock,
      log: silentLog,
      mailboxes: [
        {
          key: 'bench',
          address: 'ar@seller.example',
          kind: 'imap',
          open: () =>
            openImapMailbox({ host: '127.0.0.1', port: dovecot.port, tls: 'none', auth: { user: 'bench', password: 'secret' }, folders: ['INBOX'] }, silentLog),
        },
      ],
    })
    const clock = startClock()
    await sync.start()
    await synced.promise
    const needed = clock()
    await sync.stop()
    const [stored, linked] = [await database.client.message.count(), await database.client.message.count({ where: { debtorId: { not: null } } })]
    if (stored !== mails || linked !== mails) throw new Error(`of ${mails} mails ${stored} were stored and ${linked} linked`)
    return needed
  } finally {
    await parser.close()
    await database.close()
  }
}

/** A ledger to link to: every mail of the corpus has its debtor there. */
async function fillLedger({ pool }: Database): Promise<void> {
  const rows = Array.from({ length: debtors }, (_, debtor) => ({ number: String(debtor), email: contactOf(debtor) }))
  const invoices = rows.flatMap((_, debtor) =>
    Array.from({ length: invoicesPerDebtor }, (__, at) => ({ debtor: String(debtor), number: invoiceNumber(debtor, at) })),
  )
  await pool.query(`INSERT INTO "Administration" (code, name) VALUES ('NL01', 'Seller')`)
  await pool.query(
    `INSERT INTO "Debtor" ("administrationId", number, name, "searchName") SELECT 1, d.number, 'Debtor ' || d.number, 'debtor ' || d.number
     FROM json_to_recordset($1::json) AS d(number text)`,
    [JSON.stringify(rows)],
  )
  await pool.query(
    `INSERT INTO "Contact" ("debtorId", email) SELECT d.id, c.email FROM json_to_recordset($1::json) AS c(number text, email text) JOIN "Debtor" d ON d.number = c.number`,
    [JSON.stringify(rows)],
  )
  await pool.query(
    `INSERT INTO "Invoice" ("administrationId", "debtorId", number, "searchNumber", "invoiceDate", "dueDate", currency, amount, "openAmount")
     SELECT 1, d.id, i.number, replace(i.number, '-', ''), '2026-01-01', '2026-02-01', 'EUR', 100, 100
     FROM json_to_recordset($1::json) AS i(debtor text, number text) JOIN "Debtor" d ON d.number = i.debtor`,
    [JSON.stringify(invoices)],
  )
  await pool.query('ANALYZE')
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

if (!isMainThread && (workerData as { role?: string } | null)?.role === 'bare-parser') {
  parentPort?.on('message', (source: Uint8Array) => {
    void simpleParser(Buffer.from(source.buffer, source.byteOffset, source.byteLength), parserOptions)
      .catch(() => undefined)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no browser window
      .then(() => parentPort?.postMessage(1))
  })
}

if (isMainThread && import.meta.main) {
  const { values } = parseArgs({
    options: {
      mails: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '3' },
      threads: { type: 'string' },
      plain: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const threads = values.threads === undefined ? Math.max(1, availableParallelism() - 1) : Number(values.threads)
  const figures = await benchFirstSync({ mails: Number(values.mails), rounds: Number(values.rounds), threads, plain: values.plain })
  if (values.json) console.log(JSON.stringify(figures))
  else console.table(figures)
}
