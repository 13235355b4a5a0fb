import type { Temporal } from 'temporal-polyfill'
import { type Calendars, chooseGroupLeads } from '#ledger'
import { advisoryLocks, type Clock, type Database, type Db, type Log, Prisma, recordAudit } from '#platform'
import { allDebtorIds, parseQuery, readSegments, type SearchContext, usualDaysLate, withSegments } from '#search'
import { noteGroupChange } from '../changes.ts'
import type { DunningRules } from '../dunning-kind.ts'
import { dayNumber } from '../path/day-number.ts'
import { currentVersions, versionsInUse, type WorkflowVersion } from '../workflow-versions.ts'
import type { Workflows } from '../workflows-kind.ts'
import { loadActed, loadDebtorFacts, loadHolds, loadLeads, loadTouches } from './debtor-facts.ts'
import { type Planning, planUnit, type UnitPlan } from './plan-unit.ts'
import { openItemsByUnit } from './planned-items.ts'
import { openPlanWriter } from './write-plan.ts'

export type PlanDeps = {
  database: Database
  clock: Clock
  log: Log
  /** IANA time zone of the day that is planned. */
  timeZone: string
  rules: DunningRules
  workflows: Workflows
  calendars: Calendars
  maxLedgerAgeHours: number
  /** In which conditions are searched and amounts compared: everybody's debtors, today. */
  search: (db: Db) => Promise<SearchContext>
}

/** How many open items were looked at, how many of them stand otherwise now, and how many actions are new. */
export type DayPlan = { items: number; changed: number; actions: number }

/**
 * Plans the day: where every open item stands in its workflow, and what is to be done today, as actions that wait to be taken up. Planned
 * again on the same day it adds only what has become due since. `moving`: workflows whose items go over to the newest version, by somebody's
 * decision. Undefined while another process plans.
 */
export async function planDay(deps: PlanDeps, moving: ReadonlySet<string> = new Set()): Promise<DayPlan | undefined> {
  const { database, clock, log } = deps
  const counts = await plan(deps, { moving })
  if (!counts) return undefined
  const day = clock.today(deps.timeZone).toString()
  await recordAudit(database.client, { actor: 'duncan', event: 'dunning.planned', subject: `day:${day}`, detail: { ...counts, moving: [...moving] } })
  log.info({ day, ...counts }, 'the day of dunning was planned')
  return counts
}

/**
 * Works out anew where the open items of these debtors stand, without taking anything up: what is due waits for the plan of its day, which is
 * still to come from `takenUpFrom` on. Undefined while another process plans.
 */
export async function replanDebtors(deps: PlanDeps, debtorIds: readonly number[], takenUpFrom: Temporal.PlainDate): Promise<DayPlan | undefined> {
  const { client } = deps.database
  const theirs = { id: { in: [...debtorIds] } }
  const isTogether = deps.rules.groups === 'together'
  const all = isTogether ? await client.debtor.findMany({ where: { OR: [theirs, { group: { debtors: { some: theirs } } }] }, select: { id: true } }) : undefined
  return plan(deps, { moving: new Set(), only: all?.map(({ id }) => id) ?? debtorIds, takenUpFrom: dayNumber(takenUpFrom) })
}

type Asked = { moving: ReadonlySet<string>; only?: readonly number[] | undefined; takenUpFrom?: number | undefined }

async function plan(deps: PlanDeps, { moving, only, takenUpFrom }: Asked): Promise<DayPlan | undefined> {
  const { database, clock } = deps
  const [reader, writer] = [await database.pool.connect(), await database.pool.connect()]
  try {
    const { rows } = await writer.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [advisoryLocks.dunningPlan])
    if (!rows[0]?.free) return undefined
    try {
      const today = clock.today(deps.timeZone)
      await forgetSettled(database.client, only)
      if (deps.rules.groups === 'together' && !only) await chooseLeads(deps)
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const current = await database.client.$transaction(tx => currentVersions(tx, deps.workflows))
      const planning = await readPlanning(deps, reader, { today, current, moving, only, takenUpFrom })
      const writing = await openPlanWriter(writer, { versions: planning.versions, today: planning.today, pool: database.pool })
      let items = 0
      for await (const unit of unitPlans(planning, openItemsByUnit(reader, deps.rules.groups === 'together', only))) {
        items += unit.items.length
        await writing.add(unit)
      }
      return { items, ...(await writing.finish()) }
    } finally {
      await writer.query('ROLLBACK')
      await reader.query('ROLLBACK')
      await writer.query('SELECT pg_advisory_unlock($1)', [advisoryLocks.dunningPlan])
    }
  } finally {
    reader.release()
    writer.release()
  }
}

/** The plans of all units, one by one. */
export async function* unitPlans(planning: Planning, units: AsyncIterable<Parameters<typeof planUnit>[1]>): AsyncGenerator<UnitPlan> {
  for await (const items of units) yield planUnit(planning, items)
}

/** Every central file has somebody who is written to for it. */
async function chooseLeads({ database: { client }, search }: PlanDeps): Promise<void> {
  const { rates } = await search(client)
  await client.$transaction(async tx => noteGroupChange(tx, await chooseGroupLeads(tx, rates?.rates)), { timeout: 120_000 })
}

/** Items of invoices that are settled have no place any more, unless something about them still waits to be finished. */
async function forgetSettled(db: Db, only: readonly number[] | undefined): Promise<void> {
  const theirs = only ? Prisma.sql`n."debtorId" = ANY(${[...only]}::int[])` : Prisma.sql`TRUE`
  await db.$executeRaw`DELETE FROM "DunningItem" n USING "Invoice" i WHERE i.id = n."invoiceId" AND i.status <> 'open' AND n."actionId" IS NULL AND ${theirs}`
}

/** Everything that the plan of a day is made from, but the items themselves. */
export async function readPlanning(
  { database: { client }, clock, calendars, maxLedgerAgeHours, rules, search }: PlanDeps,
  reader: Parameters<typeof loadDebtorFacts>[0],
  { today, current, moving, only, takenUpFrom }: Asked & { today: Temporal.PlainDate; current: ReadonlyMap<string, WorkflowVersion> },
): Promise<Planning> {
  const versions = await versionsInUse(client, current.values())
  const context = await search(client)
  const number = dayNumber(today)
  const debtors = await loadDebtorFacts(reader, { today: number, clock, calendars, maxLedgerAgeHours }, only)
  const patience = Math.max(0, ...[...versions.values()].map(({ workflow }) => workflow.patienceDays))
  const fitting = await debtorsByCondition(client, context, [...versions.values()], only)
  return {
    today: number,
    takenUpFrom,
    rules,
    debtors,
    holds: await loadHolds(reader, number, only),
    touches: only ? new Map() : await loadTouches(reader, debtors, number),
    acted: await loadActed(reader, number),
    leads: await loadLeads(reader),
    versions,
    current,
    moving,
    matches: (debtorId, text) => fitting.get(text)?.has(debtorId) ?? false,
    usualDaysLate: patience > 0 ? await usualDaysLate(client, today, patience, only) : new Map<number, number>(),
    inReporting: amounts => sumInReporting(amounts, context.rates),
  }
}

/** Who fits each search text that the versions name; a text that this release cannot read fits nobody. */
async function debtorsByCondition(
  db: Db,
  context: SearchContext,
  versions: readonly WorkflowVersion[],
  only: readonly number[] | undefined,
): Promise<Map<string, Set<number>>> {
  const texts = new Set(
    versions.flatMap(({ workflow }) => [...workflow.steps.flatMap(({ conditions }) => conditions ?? []), ...workflow.branches.map(({ when }) => when)]),
  )
  const all = withSegments(context, await readSegments(db))
  const fitting = new Map<string, Set<number>>()
  for (const text of texts) {
    const parsed = parseQuery(text)
    if (parsed.kind === 'parsed') fitting.set(text, await allDebtorIds(db, parsed.query, all, only))
  }
  return fitting
}

function sumInReporting(amounts: ReadonlyMap<string, Prisma.Decimal>, reporting: SearchContext['rates']): Prisma.Decimal | null {
  let total = new Prisma.Decimal(0)
  for (const [currency, amount] of amounts) {
    // Without any rate a single currency is compared as it is.
    const rate = reporting?.rates.get(currency) ?? (amounts.size === 1 && !reporting ? new Prisma.Decimal(1) : undefined)
    if (!rate) return null
    total = total.add(amount.mul(rate))
  }
  return total
}
