// Milliseconds from the bureau's answer that tells of an insolvency to the card of its alert, in the same run: the whole app, its queue and
// its console. `node bench/credit-alert.ts --companies 200 --alerts 20 --json`

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { creditSync } from '#flows'
import { importLedger } from '#ledger'
import { ensureDatabase, silentLog, startEmbeddedPostgres, systemClock } from '#platform'
import { createSettings } from '#settings'
import { createApp, readAppConfig, settingsKinds } from '../src/app.ts'
import { chatNotices } from '../src/chat/posts.ts'
import { startBureauSandbox } from '../src/demo/bureau/sandbox.ts'
import { companyAt, numberOf } from './credit-bureau.ts'

export type CreditAlertBench = { companies: number; alerts: number; changeToCardP50: number; changeToCardP99: number }

/** A night in which `alerts` of the companies have become insolvent. */
export async function benchCreditAlert({ companies, alerts }: { companies: number; alerts: number }): Promise<CreditAlertBench> {
  const stops: (() => unknown)[] = []
  const onStop = (stop: () => unknown): void => void stops.unshift(stop)
  try {
    const folder = mkdtempSync(join(tmpdir(), 'duncan-bench-'))
    onStop(() => rmSync(folder, { recursive: true, force: true }))
    const answeredAt = new Map<string, number>()
    const sandbox = await startBureauSandbox({
      companies: Array.from({ length: companies }, (_none, index) => companyAt(index)),
      now: () => new Date().toISOString(),
      failedSections: id => {
        answeredAt.set(id, performance.now())
        return []
      },
    })
    onStop(() => sandbox.stop())
    const server = await startEmbeddedPostgres(join(folder, 'pg'))
    onStop(() => server.stop())
    const url = await ensureDatabase(server, 'bench')
    const { queue, database } = await startApp({ folder, url, bureauUrl: sandbox.url, companies }, onStop)
    const { client } = database
    const night = async (count: number) => {
      await queue.send(client, creditSync, {}, { key: creditSync.name })
      while ((await client.creditRun.count({ where: { finishedAt: { not: null } } })) < count) await new Promise(resolve => setTimeout(resolve, 50))
    }
    await night(1)
    const cards = await listenForCards(url, onStop)
    for (let index = 0; index < alerts; index++) {
      const insolvent = { status: 'NonActive', statusDescription: 'Bankrupt', score: undefined, creditLimit: undefined } as const
      sandbox.register.change(companyAt(index * Math.floor(companies / alerts)).id, insolvent, new Date().toISOString())
    }
    await night(2)
    const posted = await cards(alerts)
    const waits = [...posted].map(([id, at]) => at - (answeredAt.get(id) ?? Number.NaN))
    return { companies, alerts: waits.length, changeToCardP50: quantile(waits, 0.5), changeToCardP99: quantile(waits, 0.99) }
  } finally {
    for (const stop of stops) await stop()
  }
}

type AppWorld = { folder: string; url: string; bureauUrl: string; companies: number }

async function startApp({ folder, url, bureauUrl, companies }: AppWorld, onStop: (stop: () => unknown) => void) {
  const config = readAppConfig({
    DUNCAN_DATA_DIR: folder,
    DATABASE_URL: url,
    DUNCAN_HTTP_PORT: '0',
    DUNCAN_CREDITSAFE_URL: bureauUrl,
    DUNCAN_CREDITSAFE_USERNAME: 'demo',
    DUNCAN_CREDITSAFE_PASSWORD: 'demo',
  })
  const app = await createApp({ config, clock: systemClock, log: silentLog, mailboxes: [] })
  onStop(() => app.stop())
  const head = 'administration,debtor_number,debtor_name,country,company_number,invoice_number,due_date,amount,currency'
  const rows = Array.from(
    { length: companies },
    (_none, index) => `NL01,${index},${companyAt(index).name},NL,${numberOf(index)},F-${index},2026-02-01,100.00,EUR`,
  )
  const file = join(folder, 'ledger.csv')
  writeFileSync(file, [head, ...rows].join('\n'))
  const imported = await importLedger({ database: app.database, clock: systemClock, log: silentLog, dataDir: folder }, { file })
  if (imported.kind !== 'imported') throw new Error(`the ledger was not imported: ${imported.kind}`)
  const settings = createSettings({ client: app.database.client, kinds: settingsKinds })
  await settings.apply({ sections: { credit: { on: true } }, whole: false, placeOf: () => undefined, faults: [] }, { actor: 'bench' })
  await app.start()
  return app
}

/** Hears, as the console does, when the card of an alert is posted; `count` of them by the bureau's key of their company. */
async function listenForCards(url: string, onStop: (stop: () => unknown) => void) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onStop(() => client.end())
  const posted = new Map<string, number>()
  let enough: { count: number; resolve: () => void } | undefined
  const company = `SELECT k."bureauId" FROM "ChatPost" p JOIN "CreditAlert" a ON p.subject = 'alert:' || a.id JOIN "CreditCompany" k ON k.id = a."companyId" WHERE p.id = $1`
  client.on('notification', ({ payload = '{}' }) => {
    const at = performance.now()
    void client.query<{ bureauId: string }>(company, [(JSON.parse(payload) as { id: number }).id]).then(({ rows }) => {
      const id = rows[0]?.bureauId
      if (id !== undefined && !posted.has(id)) posted.set(id, at)
      if (enough && posted.size >= enough.count) enough.resolve()
    })
  })
  await client.query(`LISTEN ${chatNotices}`)
  return async (count: number): Promise<Map<string, number>> => {
    if (posted.size < count) await new Promise<void>(resolve => (enough = { count, resolve }))
    return posted
  }
}

const quantile = (values: number[], at: number): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? 0)

if (import.meta.main) {
  const { values } = parseArgs({
    options: { companies: { type: 'string', default: '200' }, alerts: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
  })
  const figures = await benchCreditAlert({ companies: Number(values.companies), alerts: Number(values.alerts) })
  if (values.json) console.log(JSON.stringify(figures))
  else console.table(figures)
}
