import type { Temporal } from 'temporal-polyfill'
import { type Calendars, chooseGroupLeads } from '#ledger'
import { type Clock, type Database, type Db, type Log, Prisma, recordAudit } from '#platform'
import { allDebtorIds, parseQuery, readSegments, type SearchContext, usualDaysLate, withSegments } from '#search'
import type { DunningRules } from '../dunning-kind.ts'
import { dayNumber } from '../path/day-number.ts'
import { currentVersions, versionsInUse, type WorkflowVersion } from '../workflow-versions.ts'
import type { Workflows } from '../workflows-kind.ts'
import { loadDebtorFacts, loadHolds, loadLeads, loadTouches } from './debtor-facts.ts'
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

const planLock = 72707372

/**
 * Plans the day: where every open item stands in its workflow, and what is to be done today, as actions that wait to be taken up. Planned
 * again on the same day it adds only what has become due since. `moving`: workflows whose items go over to the newest version, by somebody's
 * decision. Undefined while another process plans.
 */
export async function planDay(deps: PlanDeps, moving: ReadonlySet<string> = new Set()): Promise<DayPlan | undefined> {
  const { database, clock, log } = deps
  const [reader, writer] = [await database.pool.connect(), await database.pool.connect()]
  try {
    const { rows } = await writer.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [planLock])
    if (!rows[0]?.free) return undefined
    try {
      const today = clock.today(deps.timeZone)
      await forgetSettled(database.client)
      if (deps.rules.groups === 'together') await chooseLeads(deps)
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const current = await database.client.$transaction(tx => currentVersions(tx, deps.workflows))
      const planning = await readPlanning(deps, reader, { today, current, moving })
      const plan = await openPlanWriter(writer, planning.versions.values())
      let items = 0
      for await (const unit of unitPlans(planning, openItemsByUnit(reader, deps.rules.groups === 'together'))) {
        items += unit.items.length
        await plan.add(unit)
      }
      const written = await plan.merge(planning.today)
      const counts = { items, ...written }
      const detail = { ...counts, moving: [...moving] }
      await recordAudit(database.client, { actor: 'duncan', event: 'dunning.planned', subject: `day:${today.toString()}`, detail })
      log.info({ day: today.toString(), ...counts }, 'the day of dunning was planned')
      return counts
    } finally {
      await writer.query('ROLLBACK')
      await reader.query('ROLLBACK')
      await writer.query('SELECT pg_advisory_unlock($1)', [planLock])
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
  await client.$transaction(tx => chooseGroupLeads(tx, rates?.rates), { timeout: 120_000 })
}

/** Items of invoices that are settled have no place any more, unless something about them still waits to be finished. */
async function forgetSettled(db: Db): Promise<void> {
  await db.$executeRaw`DELETE FROM "DunningItem" n USING "Invoice" i WHERE i.id = n."invoiceId" AND i.status <> 'open' AND n."actionId" IS NULL`
}

/** Everything that the plan of a day is made from, but the items themselves. */
export async function readPlanning(
  { database: { client }, clock, calendars, maxLedgerAgeHours, rules, search }: PlanDeps,
  reader: Parameters<typeof loadDebtorFacts>[0],
  { today, current, moving }: { today: Temporal.PlainDate; current: ReadonlyMap<string, WorkflowVersion>; moving: ReadonlySet<string> },
): Promise<Planning> {
  const versions = await versionsInUse(client, current.values())
  const context = await search(client)
  const number = dayNumber(today)
  const debtors = await loadDebtorFacts(reader, { clock, calendars, maxLedgerAgeHours })
  const patience = Math.max(0, ...[...versions.values()].map(({ workflow }) => workflow.patienceDays))
  const fitting = await debtorsByCondition(client, context, [...versions.values()])
  return {
    today: number,
    rules,
    debtors,
    holds: await loadHolds(reader, number),
    touches: await loadTouches(reader, debtors, number),
    leads: await loadLeads(reader),
    versions,
    current,
    moving,
    matches: (debtorId, text) => fitting.get(text)?.has(debtorId) ?? false,
    usualDaysLate: patience > 0 ? await usualDaysLate(client, today, patience) : new Map<number, number>(),
    inReporting: amounts => sumInReporting(amounts, context.rates),
  }
}

/** Who fits each search text that the versions name; a text that this release cannot read fits nobody. */
async function debtorsByCondition(db: Db, context: SearchContext, versions: readonly WorkflowVersion[]): Promise<Map<string, Set<number>>> {
  const texts = new Set(
    versions.flatMap(({ workflow }) => [...workflow.steps.flatMap(({ conditions }) => conditions ?? []), ...workflow.branches.map(({ when }) => when)]),
  )
  const all = withSegments(context, await readSegments(db))
  const fitting = new Map<string, Set<number>>()
  for (const text of texts) {
    const parsed = parseQuery(text)
    if (parsed.kind === 'parsed') fitting.set(text, await allDebtorIds(db, parsed.query, all))
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
