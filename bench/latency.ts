// Milliseconds from a colleague's APPEND until the mail stands in the database and its job is sent, and Duncan's own share of
// them: from Dovecot's notice (which it batches by 500 ms) on. `node bench/latency.ts --mails 40 --json`

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createMailSync, createParser, mailReceived, openImapMailbox } from '#mail'
import { createBlobs, createOps, createQueue, ensureDatabase, migrate, openDatabase, opsRaised, silentLog, startEmbeddedPostgres, systemClock } from '#platform'
import { startDovecot } from '../tests/support/dovecot.ts'
import { mailAt } from './mail-corpus.ts'

export type LatencyBench = { mails: number; storedP50: number; storedP99: number; ownP50: number; ownP99: number }

/** Appends mails one after the other and waits for the job of each, as the flow that makes its card gets it. */
export async function benchLatency({ mails }: { mails: number }): Promise<LatencyBench> {
  const stops: (() => unknown)[] = []
  const onStop = (stop: () => unknown): void => void stops.unshift(stop)
  try {
    const folder = mkdtempSync(join(tmpdir(), 'duncan-bench-'))
    onStop(() => rmSync(folder, { recursive: true, force: true }))
    const dovecot = await startDovecot({ after: onStop })
    const user = dovecot.user()
    const server = await startEmbeddedPostgres(join(folder, 'pg'))
    onStop(() => server.stop())
    await ensureDatabase(server, 'bench')
    await migrate(server.url('bench'))
    const database = openDatabase(server.url('bench'))
    onStop(() => database.close())
    const queue = createQueue(database, silentLog, [mailReceived, opsRaised])
    await queue.start()
    onStop(() => queue.stop())
    const parser = createParser({ threads: 1 })
    onStop(() => parser.close())

    let arrived = Promise.withResolvers<number>()
    await queue.work(mailReceived, async () => arrived.resolve(performance.now()))
    const watcher = await dovecot.connect(user)
    await watcher.mailboxOpen('INBOX')
    let noticed = Number.NaN
    watcher.on('exists', () => (noticed = performance.now()))

    const synced = Promise.withResolvers<void>()
    const ops = createOps(database.client, queue)
    const open = () =>
      openImapMailbox({ host: '127.0.0.1', port: dovecot.port, tls: 'none', auth: { user, password: 'secret' }, folders: ['INBOX'] }, silentLog)
    const sync = createMailSync({
      database,
      queue,
      parser,
      blobs: createBlobs(join(folder, 'blobs')),
      ops: { ...ops, resolve: async () => synced.resolve() },
      clock: systemClock,
      log: silentLog,
      mailboxes: [{ key: 'bench', address: 'ar@seller.example', kind: 'imap', startAt: '2020-01-01T00:00:00Z', open }],
    })
    await sync.start()
    onStop(() => sync.stop())
    await synced.promise

    const sender = await dovecot.connect(user)
    const [stored, own]: [number[], number[]] = [[], []]
    for (let index = -3; index < mails; index++) {
      arrived = Promise.withResolvers()
      const start = performance.now()
      await sender.append('INBOX', mailAt(index + 3))
      const end = await arrived.promise
      if (index < 0) continue // the first ones warm up the code
      stored.push(end - start)
      own.push(Math.max(0, end - Math.max(start, Number.isNaN(noticed) ? start : noticed)))
    }
    return { mails, storedP50: quantile(stored, 0.5), storedP99: quantile(stored, 0.99), ownP50: quantile(own, 0.5), ownP99: quantile(own, 0.99) }
  } finally {
    for (const stop of stops) await stop()
  }
}

const quantile = (values: number[], at: number): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? 0)

if (import.meta.main) {
  const { values } = parseArgs({ options: { mails: { type: 'string', default: '40' }, json: { type: 'boolean', default: false } } })
  const figures = await benchLatency({ mails: Number(values.mails) })
  if (values.json) console.log(JSON.stringify(figures))
  else console.table(figures)
}
