// Companies per second of a night at the credit bureau, its cheap list and its reports, beside the bare HTTP calls of the same kind in the
// same run, four at a time; peak memory of a process that runs a night of many companies beside one of a tenth, with a hundredth of the
// calls failing; and milliseconds from the bureau's answer to the card of an alert. `node bench/credit-night.ts --companies 2000 --json`

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { type Database, ensureDatabase, migrate, openDatabase, startEmbeddedPostgres, systemClock } from '#platform'
import { defaultAlertRules } from '../src/credit/alerts/alert-rule.ts'
import { raiseAlerts, wouldFind } from '../src/credit/alerts/raise-alerts.ts'
import { BureauError } from '../src/credit/bureaus/bureau.ts'
import { createConnection } from '../src/credit/bureaus/creditsafe/connection.ts'
import { creditsafeNumbers } from '../src/credit/bureaus/creditsafe/countries/index.ts'
import { createCreditsafe } from '../src/credit/bureaus/creditsafe/creditsafe.ts'
import { createLoginMemory } from '../src/credit/bureaus/login-memory.ts'
import { fetchReports } from '../src/credit/night/fetch-reports.ts'
import { noticeChanges } from '../src/credit/night/notice-changes.ts'
import { type NightDeps, openRun, runNight } from '../src/credit/night/run-night.ts'
import { sideBySide } from '../src/credit/night/side-by-side.ts'
import { width } from '../src/credit/night/width.ts'
import { creditKind } from '../src/credit/rules.ts'
import { type BenchBureau, companyAt, numberOf, startBenchBureau } from './credit-bureau.ts'

export type CreditNightBench = {
  /** In the night whose memory is measured. */
  companies: number
  /** In the nights whose time is. */
  clockedCompanies: number
  /** The whole first night: found, added, listed, reported. */
  firstNightCompaniesPerSecond: number
  /** The cheap list and the events of a day, in a night in which nothing is new. */
  pollCompaniesPerSecond: number
  barePollCompaniesPerSecond: number
  /** 0.6 is the goal. */
  pollRatio: number
  /** The same where each answer takes 50 ms, as over a network. */
  slowPollRatio: number
  reportsPerSecond: number
  bareReportsPerSecond: number
  /** With the alert rules that Duncan comes with. 0.6 is the goal. */
  reportRatio: number
  /** Beside bare calls that note the order before and keep the score after, each in a statement of its own: what paid reports ask for at the least. */
  storedReportRatio: number
  /** The same where each answer takes 50 ms. */
  slowReportRatio: number
  /** Processor time of a report in this process; the database's and the bureau's are theirs. */
  cpuMsPerReport: number
  bareCpuMsPerReport: number
  /** Peak memory of a process that runs a first night of a tenth of the companies, and of all. */
  peakMbOfTenth: number
  peakMb: number
  /** 1.2 is the most. */
  memoryRatio: number
  /** Reports that were paid for, with a hundredth of the calls failing. */
  paidReports: number
}

const login = { username: 'demo', password: 'demo' }
const rounds = 3
const slowMs = 50

export async function benchCreditNight({ companies }: { companies: number }): Promise<CreditNightBench> {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-bench-'))
  const server = await startEmbeddedPostgres(join(folder, 'pg'))
  const newLedger = async (name: string, debtors: number): Promise<string> => {
    const url = await ensureDatabase(server, name)
    await migrate(url)
    await fillLedger(url, debtors)
    return url
  }
  try {
    const clockedCompanies = Math.ceil(companies / 5)
    const speed = await measureSpeed(await newLedger('speed', clockedCompanies), clockedCompanies)
    const tenth = await measureMemory(await newLedger('tenth', companies / 10), companies / 10)
    const whole = await measureMemory(await newLedger('whole', companies), companies)
    return {
      companies,
      clockedCompanies,
      ...speed,
      peakMbOfTenth: Math.round(tenth.peakMb),
      peakMb: Math.round(whole.peakMb),
      memoryRatio: ratio(whole.peakMb, tenth.peakMb),
      paidReports: whole.paid,
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureSpeed(databaseUrl: string, companies: number) {
  const bureau = await startBenchBureau(companies)
  const database = openDatabase(databaseUrl)
  try {
    const deps = nightDeps(database, bureau.url)
    const first = await clocked(() => runNight(deps, 'night'))
    const token = await logIn(bureau.url)
    const bare = { poll: [] as Clocked[], reports: [] as Clocked[], stored: [] as Clocked[], slowPoll: [] as Clocked[], slowReports: [] as Clocked[] }
    const own = { poll: [] as Clocked[], reports: [] as Clocked[], slowPoll: [] as Clocked[], slowReports: [] as Clocked[] }
    for (let round = 0; round < 2 * rounds; round++) {
      // In every other round the bureau is as far away as a real one.
      const isSlow = round % 2 === 1
      await bureau.slow(isSlow ? slowMs : 0)
      const [pollRounds, reportRounds] = isSlow ? (['slowPoll', 'slowReports'] as const) : (['poll', 'reports'] as const)
      await bureau.shake()
      bare[pollRounds].push(await clocked(() => barePoll(bureau, token)))
      bare[reportRounds].push(await clocked(() => bareReports(bureau, token, companies)))
      if (!isSlow) bare.stored.push(await clocked(() => bareReports(bureau, token, companies, database.pool)))
      const { startedAt, id } = await openRun({ ...deps, bureau: { name: 'creditsafe' } }, 'demand')
      const night = { ...deps, runId: id }
      const since = systemClock.now().subtract({ hours: 24 })
      await noticeChanges(night, since)
      own[reportRounds].push(await clocked(() => fetchReports(night)))
      const told = await database.client.creditRunCompany.count({ where: { runId: id, outcome: 'changed' } })
      if (told !== companies) throw new Error(`of ${companies} companies ${told} changed`)
      // As in most nights, there is nothing new on the list any more.
      own[pollRounds].push(await clocked(() => noticeChanges(night, since)))
      await database.client.creditRun.update({ where: { id }, data: { finishedAt: startedAt } })
    }
    const secondsOf = (of: Clocked[]) => median(of.map(({ seconds }) => seconds))
    const [poll, barePolls, reports, bareReported] = [own.poll, bare.poll, own.reports, bare.reports].map(secondsOf)
    const cpuMs = (of: Clocked[]) => Number(((median(of.map(({ cpuSeconds }) => cpuSeconds)) * 1000) / companies).toFixed(2))
    const rate = (seconds = 1) => Math.round(companies / seconds)
    return {
      firstNightCompaniesPerSecond: rate(first.seconds),
      pollCompaniesPerSecond: rate(poll),
      barePollCompaniesPerSecond: rate(barePolls),
      pollRatio: ratio(barePolls, poll),
      slowPollRatio: ratio(secondsOf(bare.slowPoll), secondsOf(own.slowPoll)),
      reportsPerSecond: rate(reports),
      bareReportsPerSecond: rate(bareReported),
      reportRatio: ratio(bareReported, reports),
      storedReportRatio: ratio(secondsOf(bare.stored), reports),
      slowReportRatio: ratio(secondsOf(bare.slowReports), secondsOf(own.slowReports)),
      cpuMsPerReport: cpuMs(own.reports),
      bareCpuMsPerReport: cpuMs(bare.reports),
    }
  } finally {
    await database.close()
    await bureau.stop()
  }
}

function nightDeps({ client, pool }: Database, url: string): NightDeps {
  const log = pino({ level: 'silent' })
  const memory = createLoginMemory(client, systemClock, 'creditsafe', login)
  const ask = createConnection({ url, ...login, memory, clock: systemClock, log, delay: () => 5 })
  const rules = creditKind.schema.parse({ on: true })
  const alerts = {
    clock: systemClock,
    queue: { sendMany: async () => undefined },
    rules: defaultAlertRules,
    segmentsOf: async () => [],
    supplierChannel: 'credit',
  }
  return {
    client,
    pool,
    clock: systemClock,
    log,
    bureau: createCreditsafe(ask, 'Duncan'),
    numbers: creditsafeNumbers,
    rules,
    timeZone: 'Europe/Brussels',
    onChanges: (tx, changes) => raiseAlerts(tx, alerts, changes),
    concerns: changes => wouldFind({ pool, rules: alerts.rules, now: systemClock.now() }, changes),
  }
}

async function logIn(url: string): Promise<string> {
  const response = await fetch(`${url}/authenticate`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(login) })
  return ((await response.json()) as { token: string }).token
}

/** What the same calls cost that only read the bodies. */
async function barePoll({ url }: BenchBureau, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const since = encodeURIComponent(new Date(Date.now() - 86_400_000).toISOString())
  for (const path of ['companies?', `notificationEvents?startDate=${since}&filterByCreatedDate=true&`]) {
    for (let page: number | null = 0; page !== null; ) {
      const response: Response = await fetch(`${url}/monitoring/portfolios/4000/${path}page=${page}&pageSize=1000`, { headers })
      page = ((await response.json()) as { paging: { next: number | null } }).paging.next
    }
  }
}

async function bareReports({ url }: BenchBureau, token: string, companies: number, pool?: Database['pool']): Promise<void> {
  const ids = Array.from({ length: companies }, (_none, index) => companyAt(index).id)
  await pool?.query('CREATE TABLE IF NOT EXISTS bare_report (company text PRIMARY KEY, report jsonb)')
  await sideBySide(ids, width, async id => {
    await pool?.query('INSERT INTO bare_report VALUES ($1) ON CONFLICT (company) DO UPDATE SET report = NULL', [id])
    const response = await fetch(`${url}/companies/${id}?language=en&template=full`, { headers: { authorization: `Bearer ${token}` } })
    const { report } = (await response.json()) as { report: { creditScore: unknown } }
    await pool?.query('UPDATE bare_report SET report = $2 WHERE company = $1', [id, JSON.stringify(report.creditScore)])
  })
}

type Memory = { peakMb: number; paid: number }

/** A first night in a process of its own, in which nothing else takes memory. */
async function measureMemory(databaseUrl: string, companies: number): Promise<Memory> {
  const bureau = await startBenchBureau(companies, 0.01)
  try {
    const child = fork(new URL(import.meta.url), ['--role', 'night', databaseUrl, bureau.url])
    const [told] = (await once(child, 'message')) as [{ peakMb: number; changed: number }]
    await once(child, 'exit')
    const { paid, companies: reported } = await bureau.orders()
    if (told.changed !== companies || reported !== companies) throw new Error(`of ${companies} companies ${told.changed} changed and ${reported} were reported`)
    return { peakMb: told.peakMb, paid }
  } finally {
    await bureau.stop()
  }
}

async function runAlone(databaseUrl: string, bureauUrl: string): Promise<void> {
  const database = openDatabase(databaseUrl)
  const deps = nightDeps(database, bureauUrl)
  const night = async (): Promise<Awaited<ReturnType<typeof runNight>>> => {
    try {
      return await runNight(deps, 'night')
    } catch (error) {
      if (!(error instanceof BureauError)) throw error
      return night() // as the queue does
    }
  }
  const { counts } = await night()
  await database.close()
  process.send?.({ peakMb: process.resourceUsage().maxRSS / 1000, changed: counts.changed })
  process.disconnect()
}

async function fillLedger(url: string, debtors: number): Promise<void> {
  const database = openDatabase(url)
  const numbers = JSON.stringify(Array.from({ length: debtors }, (_none, index) => ({ number: numberOf(index) })))
  await database.pool.query(`INSERT INTO "Administration" (code, name) VALUES ('NL01', 'Seller')`)
  await database.pool.query(
    `INSERT INTO "Debtor" ("administrationId", number, name, "searchName", country, "companyNumber") SELECT 1, number, 'Debtor ' || number, 'debtor ' || number, 'NL', number
     FROM json_to_recordset($1::json) AS d(number text)`,
    [numbers],
  )
  await database.pool.query(
    `INSERT INTO "Invoice" ("administrationId", "debtorId", number, "searchNumber", "dueDate", currency, amount, "openAmount")
     SELECT 1, id, number, number, '2026-02-01', 'EUR', 100, 100 FROM "Debtor"`,
  )
  await database.pool.query('ANALYZE')
  await database.close()
}

type Clocked = { seconds: number; cpuSeconds: number }

async function clocked(work: () => Promise<unknown>): Promise<Clocked> {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const ratio = (one = 0, other = 1): number => Number((one / other).toFixed(2))

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { companies: { type: 'string', default: '2000' }, json: { type: 'boolean', default: false }, role: { type: 'string' } },
    allowPositionals: true,
  })
  if (values.role === 'night') {
    await runAlone(positionals[0] ?? '', positionals[1] ?? '')
  } else {
    const figures = await benchCreditNight({ companies: Number(values.companies) })
    if (values.json) console.log(JSON.stringify(figures))
    else console.table(figures)
  }
}
