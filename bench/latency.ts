// Milliseconds from a colleague's APPEND until the mail's card stands in the console, and Duncan's own share of them: from the
// IDLE notice on, which Dovecot batches by 500 ms. The whole app runs; mails come one after the other.
// `node bench/latency.ts --mails 40 --json`

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ImapFlow } from 'imapflow'
import pg from 'pg'
import { importLedger } from '#ledger'
import { ensureDatabase, silentLog, startEmbeddedPostgres, systemClock } from '#platform'
import { createApp, readAppConfig } from '../src/app.ts'
import { chatNotices } from '../src/chat/posts.ts'
import { startDovecot } from '../tests/support/dovecot.ts'
import { contactOf, debtors, invoiceNumber, mailAt } from './mail-corpus.ts'

export type LatencyBench = {
  mails: number
  appendToCardP50: number
  appendToCardP99: number
  /** From the server's notice to the card. */
  ownP50: number
  ownP99: number
  /** The part of it until the mail is stored: fetch, parse, thread, link, write. */
  storedP50: number
  /** Duncan's own share for the very first mail after the start. */
  firstOwn: number
}

/** The first mails of a fresh process find its code not yet compiled; they are not counted among the others. */
const warmUps = 3

/** Appends mails one after the other and waits for the card of each. */
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
    const url = await ensureDatabase(server, 'bench')
    const wire = await tapWire(dovecot.port, onStop)
    await startApp(folder, url, { port: wire.port, user }, onStop)

    const cards = await listen(url, onStop)
    const sender = await dovecot.connect(user)
    const waits: { card: number; own: number; stored: number }[] = []
    for (let index = 0; index < mails + warmUps; index++) waits.push(await once(mailAt(index), sender, wire, cards))
    const firstOwn = Math.round(waits.splice(0, warmUps)[0]?.own ?? 0)
    const [card, own, stored] = [waits.map(wait => wait.card), waits.map(wait => wait.own), waits.map(wait => wait.stored)]
    return {
      mails,
      appendToCardP50: quantile(card, 0.5),
      appendToCardP99: quantile(card, 0.99),
      ownP50: quantile(own, 0.5),
      ownP99: quantile(own, 0.99),
      storedP50: quantile(stored, 0.5),
      firstOwn,
    }
  } finally {
    for (const stop of stops) await stop()
  }
}

type Wire = { port: number; noticedAt: () => number }

/** Passes the app's mail connection on and notes when the server tells it of new mail: every connection is told in its own time. */
async function tapWire(serverPort: number, onStop: (stop: () => unknown) => void): Promise<Wire> {
  let noticed = 0
  const server = createServer(app => {
    const imap = connect(serverPort, '127.0.0.1')
    imap.on('data', (chunk: Buffer) => {
      if (chunk.length < 200 && / EXISTS\r\n/.test(chunk.toString('latin1'))) noticed = performance.now()
    })
    for (const socket of [app, imap]) socket.setNoDelay(true).on('error', () => undefined)
    app.pipe(imap).pipe(app)
  }).listen(0, '127.0.0.1')
  onStop(() => void server.close())
  await new Promise(resolve => server.once('listening', resolve))
  return { port: (server.address() as AddressInfo).port, noticedAt: () => noticed }
}

async function startApp(folder: string, url: string, { port, user }: { port: number; user: string }, onStop: (stop: () => unknown) => void): Promise<void> {
  const config = readAppConfig({
    DUNCAN_DATA_DIR: folder,
    DATABASE_URL: url,
    DUNCAN_HTTP_PORT: '0',
    DUNCAN_INVOICE_COPIES: join(folder, 'invoices'),
    DUNCAN_SENDER_CHECK: 'headers',
  })
  mkdirSync(join(folder, 'invoices'))
  const common = { key: 'bench', address: 'ar@seller.example', aliases: [], paused: false, startAt: '2020-01-01T00:00:00Z' }
  const imap = { kind: 'imap' as const, host: '127.0.0.1', port, user, passwordEnv: 'NONE', password: 'secret', folders: ['INBOX'], tls: 'none' as const }
  const app = await createApp({ config, clock: systemClock, log: silentLog, mailboxes: [{ ...common, ...imap }] })
  onStop(() => app.stop())
  const file = join(folder, 'ledger.csv')
  writeFileSync(file, ledger())
  const imported = await importLedger({ database: app.database, clock: systemClock, log: silentLog, dataDir: folder }, { file })
  if (imported.kind !== 'imported') throw new Error(`the ledger was not imported: ${imported.kind}`)
  await app.start()
  while ((await app.database.client.mailbox.findFirst({ where: { status: 'ok' } })) === null) await new Promise(resolve => setTimeout(resolve, 20))
}

/** Every debtor that writes, with the invoices that the mails name. */
function ledger(): string {
  const rows = ['administration,debtor_number,debtor_name,country,language,email,invoice_number,invoice_date,due_date,amount,open_amount,currency']
  for (let debtor = 0; debtor < debtors; debtor++) {
    for (let at = 0; at < 10; at++) {
      const number = invoiceNumber(debtor, at)
      rows.push(`NL01,${debtor},Debtor ${debtor} B.V.,NL,nl,${contactOf(debtor)},${number},2026-01-01,2026-02-01,100.00,100.00,EUR`)
    }
  }
  return rows.join('\n')
}

type Cards = { of: (internetMessageId: string) => Promise<{ posted: number; stored: number }> }

/** Hears, as the console does, when the card of a mail's proposal is posted, and looks up when the mail was stored. */
async function listen(url: string, onStop: (stop: () => unknown) => void): Promise<Cards> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onStop(() => client.end())
  const standing = `SELECT m."createdAt" AS at FROM "ChatPost" c JOIN "Proposal" p ON c.subject = 'proposal:' || p.id JOIN "Message" m ON m.id = p."messageId"
    WHERE c.id = $1 AND c."parentId" IS NULL AND m."internetMessageId" = $2`
  let wanted: { id: string; found: (times: { posted: number; stored: number }) => void } | undefined
  client.on('notification', ({ payload = '{}' }) => {
    const posted = performance.now()
    const waiting = wanted
    if (!waiting) return
    void client.query<{ at: Date }>(standing, [(JSON.parse(payload) as { id: number }).id, waiting.id]).then(({ rows }) => {
      if (rows[0]) waiting.found({ posted, stored: rows[0].at.getTime() - performance.timeOrigin })
    })
  })
  await client.query(`LISTEN ${chatNotices}`)
  return { of: id => new Promise(found => (wanted = { id, found })) }
}

async function once(source: Buffer, sender: ImapFlow, wire: Wire, cards: Cards): Promise<{ card: number; own: number; stored: number }> {
  const card = cards.of(/^Message-ID: (\S+)/im.exec(source.toString('latin1', 0, 4_000))?.[1] ?? '')
  const start = performance.now()
  await sender.append('INBOX', source)
  const { posted, stored } = await card
  const from = Math.max(start, wire.noticedAt())
  return { card: posted - start, own: Math.max(0, posted - from), stored: Math.max(0, stored - from) }
}

const quantile = (values: number[], at: number): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? 0)

if (import.meta.main) {
  const { values } = parseArgs({ options: { mails: { type: 'string', default: '40' }, json: { type: 'boolean', default: false } } })
  const figures = await benchLatency({ mails: Number(values.mails) })
  if (values.json) console.log(JSON.stringify(figures))
  else console.table(figures)
}
