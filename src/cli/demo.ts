import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import pg from 'pg'
import {
  clearDemo,
  type DemoFolder,
  deliver,
  demoCompany,
  demoPersonas,
  demoRates,
  demoSettings,
  demoStaff,
  letMailsArrive,
  personaMail,
  prepareDemo,
  startDemoBureau,
  startPaymentSandbox,
} from '#demo'
import { creditSync } from '#flows'
import { importLedger, storeRates } from '#ledger'
import type { GivenMailbox } from '#mail'
import { ensureStaff } from '#people'
import { createLog, DuncanError, silentLog, startEmbeddedPostgres, systemClock } from '#platform'
import { createSettings } from '#settings'
import { type App, createApp, readAppConfig, settingsKinds } from '../app.ts'
import { untilStopped } from './signals.ts'

export function demoCommand(): Command {
  return new Command('demo').option('--keep', 'go on with the company as the last demo left it').action(demo)
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
    DUNCAN_UNDO_SECONDS: 10,
    DUNCAN_CREDITSAFE_USERNAME: 'demo',
    DUNCAN_CREDITSAFE_PASSWORD: 'demo',
  }
  const log = createLog(process.stdout.isTTY ? 'warn' : config.DUNCAN_LOG_LEVEL)
  // From here on Ctrl-C must not leave the database server behind, which does not hear of it.
  const stopped = untilStopped(log)
  console.log('Duncan starts; the first time takes a few seconds.')
  await openStage(folder, keep)
  const company = prepareDemo(folder, systemClock.today(config.DUNCAN_TIME_ZONE))
  const bureau = await startDemoBureau(company.debtors, () => systemClock.now().toString())
  const provider = await startPaymentSandbox()
  const ends: (() => Promise<void>)[] = [company.stop, bureau.stop, provider.stop]
  try {
    const app = await createApp({
      config: { ...config, DUNCAN_CREDITSAFE_URL: bureau.url, DUNCAN_PAYMENT_URL: provider.url, DUNCAN_PAYMENT_KEY: provider.key },
      clock: systemClock,
      log,
      mailboxes: [demoMailbox(company)],
      demo: demoDesk(company),
    })
    ends.push(app.stop)
    await fillLedger(app, company.ledgerFile, folder, config.DUNCAN_TIME_ZONE)
    await app.start()
    console.log(`\nDuncan's demo runs: ${demoCompany.name}, ${company.debtors.length} debtors, ${company.invoices.length} invoices.`)
    console.log(`Open this link to sign in (it works once):\n\n  ${await app.signInLink('morgan')}\n`)
    console.log(keep ? 'It goes on as the last demo left it. Stop with Ctrl-C.' : '45 mails arrive over the next two and a half minutes. Stop with Ctrl-C.')

    const arriving = new AbortController()
    const arrivals = keep ? Promise.resolve() : letMailsArrive(company, arriving.signal)
    const nights = keep ? Promise.resolve() : bureau.letNightsPass(() => askBureau(app, arriving.signal), arriving.signal)
    ends.push(async () => {
      arriving.abort()
      await Promise.all([arrivals, nights])
    })
    await stopped
  } finally {
    for (const end of ends.toReversed()) await end()
  }
}

/** Has Duncan ask the bureau what is new, and waits until it did: the next night is another one. */
async function askBureau({ queue, database: { client } }: App, signal: AbortSignal): Promise<void> {
  const runs = () => client.creditRun.count({ where: { finishedAt: { not: null } } })
  const before = await runs()
  await queue.send(client, creditSync, {}, { key: creditSync.name })
  while (!signal.aborted && (await runs()) === before) await sleep(500)
}

const demoMailbox = ({ mailbox, outbox }: DemoFolder): GivenMailbox => ({
  key: 'debtors',
  kind: 'maildir',
  address: demoCompany.address,
  aliases: [],
  paused: false,
  path: mailbox,
  folders: ['INBOX'],
  pollSeconds: 1,
  fromName: demoCompany.name,
  outbox,
})

const demoDesk = ({ debtors, invoices, mailbox }: DemoFolder) => ({
  personas: async () => demoPersonas(debtors, invoices),
  write: async (mail: { personaId: string; subject: string; text: string }) => deliver(mailbox, await personaMail(debtors, mail, new Date())),
})

async function fillLedger({ database }: App, file: string, dataDir: string, zone: string): Promise<void> {
  for (const person of demoStaff) await ensureStaff(database.client, person)
  await database.client.administration.upsert({
    where: { code: demoCompany.code },
    create: { code: demoCompany.code, name: demoCompany.name, country: 'NL', language: 'nl' },
    update: {},
  })
  const settings = createSettings({ client: database.client, kinds: settingsKinds })
  const today = systemClock.today(zone)
  await settings.apply({ sections: demoSettings(today), whole: false, placeOf: () => undefined, faults: [] }, { actor: 'demo' })
  await storeRates(database.client, Readable.from([demoRates(today)]), 'demo-rates.csv', 'demo')
  const result = await importLedger({ database, clock: systemClock, log: silentLog, dataDir }, { file })
  if (result.kind !== 'imported')
    throw new DuncanError('demo.ledger', `The demo's ledger was not imported: ${result.kind}.`, 'This is a fault in Duncan; please report it.')
}

/**
 * Refuses while another demo runs here. Unless it is to go on, empties the last one's database and folders; the database
 * server's own files stay, so that the next start is quick.
 */
async function openStage(folder: string, keep: boolean): Promise<void> {
  const server = await startEmbeddedPostgres(join(folder, 'postgres'))
  const client = new pg.Client({ connectionString: server.url('postgres') })
  try {
    await client.connect()
    const { rows } = await client.query<{ used: boolean }>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = 'duncan') AS used")
    if (rows[0]?.used)
      throw new DuncanError('demo.running', `A demo runs already on ${folder}.`, 'Open the link that it printed, or stop it, or set another DUNCAN_DATA_DIR.')
    if (!keep) await client.query('DROP DATABASE IF EXISTS duncan')
  } finally {
    await client.end()
    await server.stop()
  }
  if (!keep) clearDemo(folder)
}
