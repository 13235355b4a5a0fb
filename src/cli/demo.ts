import { join } from 'node:path'
import { Command } from 'commander'
import pg from 'pg'
import { clearDemo, deliver, demoCompany, demoPersonas, demoStaff, letMailsArrive, personaMail, prepareDemo } from '#demo'
import { importLedger } from '#ledger'
import { ensureStaff } from '#people'
import { createLog, DuncanError, silentLog, startEmbeddedPostgres, systemClock } from '#platform'
import { type App, createApp, readAppConfig } from '../app.ts'
import { untilStopped } from './signals.ts'

export function demoCommand(): Command {
  return new Command('demo')
    .description('start Duncan on an invented company, with everything embedded; each start begins anew')
    .option('--keep', 'go on with the company as the last demo left it')
    .action(demo)
}

async function demo({ keep = false }: { keep?: boolean }): Promise<void> {
  const settings = readAppConfig()
  const folder = join(settings.DUNCAN_DATA_DIR, 'demo')
  const config = {
    ...settings,
    DUNCAN_DATA_DIR: folder,
    DUNCAN_INVOICE_COPIES: join(folder, 'invoices'),
    // The demo never touches a database or mailboxes of your own, and its undo window is short enough to watch.
    DATABASE_URL: undefined,
    DUNCAN_MAILBOXES: undefined,
    DUNCAN_UNDO_SECONDS: 10,
  }
  if (!keep) await forgetLastDemo(folder)
  const company = prepareDemo(folder, systemClock.today(config.DUNCAN_TIME_ZONE))
  const log = createLog(process.stdout.isTTY ? 'warn' : config.DUNCAN_LOG_LEVEL)
  const app = await createApp({
    config,
    clock: systemClock,
    log,
    mailboxes: [
      {
        key: 'debtors',
        kind: 'maildir',
        address: demoCompany.address,
        aliases: [],
        paused: false,
        path: company.mailbox,
        folders: ['INBOX'],
        pollSeconds: 1,
        fromName: demoCompany.name,
        outbox: company.outbox,
      },
    ],
    demo: {
      personas: async () => demoPersonas(company.debtors, company.invoices),
      write: async mail => deliver(company.mailbox, await personaMail(company.debtors, mail, new Date())),
    },
  })
  await fillLedger(app, company.ledgerFile, folder)
  await app.start()
  console.log(`\nDuncan's demo runs: ${demoCompany.name}, ${company.debtors.length} debtors, ${company.invoices.length} invoices.`)
  console.log(`Open this link to sign in (it works once):\n\n  ${await app.signInLink('morgan')}\n`)
  console.log('45 mails arrive over the next two and a half minutes. Stop with Ctrl-C.')

  const arriving = new AbortController()
  const arrivals = keep ? Promise.resolve() : letMailsArrive(company, arriving.signal)
  await untilStopped(log)
  arriving.abort()
  await arrivals
  await company.stop()
  await app.stop()
}

async function fillLedger({ database }: App, file: string, dataDir: string): Promise<void> {
  for (const person of demoStaff) await ensureStaff(database.client, person)
  await database.client.administration.upsert({
    where: { code: demoCompany.code },
    create: { code: demoCompany.code, name: demoCompany.name, country: 'NL', language: 'nl' },
    update: {},
  })
  const result = await importLedger({ database, clock: systemClock, log: silentLog, dataDir }, { file })
  if (result.kind !== 'imported')
    throw new DuncanError('demo.ledger', `The demo's ledger was not imported: ${result.kind}.`, 'This is a fault in Duncan; please report it.')
}

/** Empties the demo's database and folders; the database server's own files stay, so that the next start is quick. */
async function forgetLastDemo(folder: string): Promise<void> {
  const server = await startEmbeddedPostgres(join(folder, 'postgres'))
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  try {
    const { rows } = await client.query<{ used: boolean }>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = 'duncan') AS used")
    if (rows[0]?.used) throw new DuncanError('demo.running', 'A demo runs already.', 'Stop it first, or open the link that it printed.')
    await client.query('DROP DATABASE IF EXISTS duncan')
  } finally {
    await client.end()
    await server.stop()
  }
  clearDemo(folder)
}
