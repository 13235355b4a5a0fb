// Planning the day of dunning on a large ledger, beside streaming the same rows to Node and copying the changed ones back.
// `node bench/dunning-day.ts --debtors 100000 --invoices 1000000 --json`

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { pino } from 'pino'
import { dunningKind, type PlanDeps, planDay, workflowsKind } from '#dunning'
import { fullSight } from '#people'
import { type Database, fixedClock, openDatabase } from '#platform'
import { readSearchContext } from '#search'
import type { ListBench } from './action-list.ts'
import { onFilledLedger } from './filled-ledger.ts'

type Sizes = { debtors: number; invoices: number }
/** `peakMb`: the highest that the process of the plan had in memory, in MB, with its runtime. Goal: below 512. */
type Timed = { changed: number; actions: number; seconds: number; peakMb: number }
type Day = Timed & { bareSeconds: number; ratio: number }

export type DunningBench = Sizes & {
  /** The day on which every item is met for the first time. Goal of both: at most 3 times the bare one. */
  first: Day
  /** A day after it, when the actions of the day before are done. */
  usual: Day
  /** A page of `/actions` from it. */
  list: ListBench
}

const timeZone = 'Europe/Amsterdam'

/** Fills a ledger by SQL, plans its first day and one after it, and does the bare counterpart of each. */
export async function benchDunningDay({ debtors, invoices }: Sizes): Promise<DunningBench> {
  return onFilledLedger(fill(debtors, invoices), async ({ database, bare }) => {
    return { debtors, invoices, ...(await measure(database, bare)) }
  })
}

async function measure(database: Database, bare: pg.Client) {
  const first = await planAlone(database.url, days[0])
  await bare.query(allDone)
  await bare.query('VACUUM ANALYZE "DunningItem", "DunningAction", "DunningActionItem"')
  const usual = await planAlone(database.url, days[1])
  const { benchActionList } = await import('./action-list.ts') // chat would take its memory in the processes that plan
  return {
    first: await besideBare(bare, first),
    usual: await besideBare(bare, usual),
    list: await benchActionList(database, fixedClock(days[1]), timeZone),
  }
}

const days = ['2026-03-02T05:00:00Z', '2026-03-03T05:00:00Z'] as const

/** Plans in a process of its own, in which nothing else takes memory: days are a day apart. */
async function planAlone(url: string, moment: string): Promise<Timed> {
  const child = fork(import.meta.filename, ['--plan', url, '--at', moment])
  const [told] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the plan ended with code ${code}`))),
  ])) as [Timed]
  return told
}

async function plan(url: string, moment: string): Promise<Timed> {
  const database = openDatabase(url)
  const clock = fixedClock(moment)
  const deps: PlanDeps = {
    database,
    clock,
    log: pino({ level: 'silent' }),
    timeZone,
    rules: dunningKind.schema.parse({ perWeek: 50 }),
    workflows,
    calendars: {},
    maxLedgerAgeHours: 10_000,
    search: db => readSearchContext(db, { sight: fullSight, clock, timeZone }),
  }
  const start = performance.now()
  const planned = await planDay(deps)
  const seconds = (performance.now() - start) / 1000
  await database.close()
  if (!planned) throw new Error('nobody else plans here')
  return { changed: planned.changed, actions: planned.actions, seconds, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }
}

async function besideBare(bare: pg.Client, timed: Timed): Promise<Day> {
  const bareSeconds = await bareDay(bare, timed.changed)
  return {
    ...timed,
    seconds: Number(timed.seconds.toFixed(1)),
    bareSeconds: Number(bareSeconds.toFixed(1)),
    ratio: Number((timed.seconds / bareSeconds).toFixed(2)),
  }
}

/** The same rows to Node and as many as were changed back, into a table like the one of items. */
async function bareDay(bare: pg.Client, changed: number): Promise<number> {
  await bare.query('DROP TABLE IF EXISTS bare_item')
  await bare.query('CREATE TABLE bare_item (LIKE "DunningItem" INCLUDING ALL)')
  const start = performance.now()
  const rows: string[] = []
  let [left, rest] = [changed, '']
  for await (const chunk of bare.query(copyTo(`COPY (${sameRows}) TO STDOUT`))) {
    const lines = (rest + (chunk as Buffer).toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    let text = ''
    for (const line of lines) {
      const [, invoiceId, debtorId] = line.split('\t')
      if (left-- > 0) text += `${invoiceId}\t${debtorId}\t1\t1\t0\t2026-03-10\n`
    }
    if (text) rows.push(text)
  }
  await bare.query('BEGIN')
  const copy = bare.query(copyFrom('COPY bare_item ("invoiceId", "debtorId", "versionId", step, shift, "nextOn") FROM STDIN'))
  await pipeline(rows, copy)
  await bare.query('COMMIT')
  return (performance.now() - start) / 1000
}

const sameRows = `SELECT COALESCE(-d."groupId", d.id), i.id, i."debtorId", i."dueDate" - DATE '1970-01-01', i."openAmount", i.currency, i.kind = 'credit_note', n."versionId", n.step,
    n.shift, n."lastOn" - DATE '1970-01-01', n."nextOn" - DATE '1970-01-01', n.reason, n."actionId", n.revision, n."remindedOn", n."remindedBy", n."announcedOn", n."announcedBy"
  FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId" LEFT JOIN "DunningItem" n ON n."invoiceId" = i.id WHERE i.status = 'open' AND NOT d.archived ORDER BY 1, 3, 2`

const allDone = `WITH done AS (UPDATE "DunningAction" SET status = 'done', "doneOn" = "plannedOn" RETURNING id, "plannedOn")
  UPDATE "DunningItem" n SET step = n.step + 1, "lastOn" = done."plannedOn", "actionId" = NULL, reason = NULL FROM done WHERE n."actionId" = done.id`

/** Every invoice is open; a fifth of the debtors is on the faster workflow, one in fifty holds everything back, one in forty is in a central file. */
const fill = (debtors: number, invoices: number): string[] => [
  `INSERT INTO "Administration" (code, name, "importedAt") VALUES ('NL01', 'Harbourlight Trading', '2026-03-01')`,
  `INSERT INTO "DebtorGroup" (name) SELECT 'Group ' || n FROM generate_series(1, GREATEST(1, ${debtors} / 400)) AS n`,
  `INSERT INTO "Debtor" ("administrationId", number, name, "searchName", country, "groupId")
    SELECT 1, (10000 + n)::text, 'Debtor ' || n, 'debtor ' || n, (ARRAY['NL','BE','FR','DE','PL','GB'])[1 + n % 6], CASE WHEN n % 40 = 0 THEN 1 + n % GREATEST(1, ${debtors} / 400) END
    FROM generate_series(1, ${debtors}) AS n`,
  `INSERT INTO "Contact" ("debtorId", email) SELECT id, 'ap@d' || id || '.example' FROM "Debtor"`,
  `INSERT INTO "Invoice" ("administrationId", "debtorId", number, "searchNumber", "dueDate", currency, amount, "openAmount")
    SELECT 1, 1 + (n::bigint * 7919 % ${debtors})::int, (2025000000 + n)::text, (2025000000 + n)::text, '2025-12-20'::date + n % 110, 'EUR', 10 + n % 9000, 10 + n % 9000
    FROM generate_series(1, ${invoices}) AS n`,
  `INSERT INTO "WorkflowAssignment" ("debtorId", workflow, reason, "settingsVersion", at) SELECT id, CASE WHEN id % 5 = 0 THEN 'fast' ELSE 'standard' END, 'rule:all', 0, now() FROM "Debtor"`,
  `INSERT INTO "DunningHold" ("debtorId", reason) SELECT id, 'insolvency' FROM "Debtor" WHERE id % 50 = 0`,
  'VACUUM ANALYZE',
]

const workflows = workflowsKind.schema.parse({
  standard: {
    title: 'Standard',
    minimumAmount: '25.00',
    patienceDays: 10,
    branches: [{ when: 'broken_promises:>1', to: 'final_notice' }],
    steps: [
      { name: 'reminder', type: 'email', after: { days: 1 }, template: 'reminder' },
      { name: 'dunning', type: 'email', after: { days: 14 }, template: 'dunning', conditions: '-dispute' },
      { name: 'call', type: 'call', after: { days: 28 }, conditions: 'overdue:>500' },
      { name: 'final_notice', type: 'letter', after: { days: 42 }, template: 'final_notice' },
      { name: 'collection', type: 'hand_over', after: { days: 60 } },
    ],
  },
  fast: {
    title: 'Fast',
    steps: [
      { name: 'call', type: 'call', after: { days: 1 } },
      { name: 'dunning', type: 'email', after: { days: 14 }, template: 'dunning' },
      { name: 'final_notice', type: 'letter', after: { days: 31 }, template: 'final_notice' },
      { name: 'collection', type: 'hand_over', after: { days: 45 } },
    ],
  },
})

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      debtors: { type: 'string', default: '100000' },
      invoices: { type: 'string', default: '1000000' },
      json: { type: 'boolean', default: false },
      plan: { type: 'string' },
      at: { type: 'string', default: days[0] },
    },
  })
  if (values.plan) {
    process.send?.(await plan(values.plan, values.at))
    process.disconnect()
  } else {
    const figures = await benchDunningDay({ debtors: Number(values.debtors), invoices: Number(values.invoices) })
    if (values.json) console.log(JSON.stringify(figures, null, 2))
    else console.table(figures)
  }
}
