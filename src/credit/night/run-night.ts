import { type Clock, type Database, type Db, type DbClient, fromInstant, type Log, toInstant } from '#platform'
import type { Bureau } from '../bureaus/bureau.ts'
import type { NumberRules } from '../bureaus/number-rules.ts'
import { identify } from '../identify.ts'
import type { CreditRules } from '../rules.ts'
import { debtorsInScope } from '../scope.ts'
import { alignPortfolio } from './align-portfolio.ts'
import { countNight, type NightCounts, totalOf } from './count-night.ts'
import { fetchReports } from './fetch-reports.ts'
import { noticeChanges } from './notice-changes.ts'
import { createPatience } from './patience.ts'
import { sideBySide } from './side-by-side.ts'
import type { CriterionChange } from './store-report.ts'
import { width } from './width.ts'

export type NightDeps = {
  client: DbClient
  pool: Pick<Database['pool'], 'query'>
  clock: Clock
  log: Log
  bureau: Bureau
  numbers: NumberRules
  rules: CreditRules
  /** IANA time zone in which an item's closing day counts. */
  timeZone: string
  /** Hears of the criteria that a report changed, in the transaction that keeps them. */
  onChanges?: (tx: Db, changes: CriterionChange[]) => Promise<void>
  /** Whether it has anything to do; asked before, since a transaction costs more than the report. Left out: always. */
  concerns?: (changes: CriterionChange[]) => Promise<boolean>
}

/** `late`: of a night that Duncan did not run in, made up for. `demand`: a person asked for it. */
export type NightTrigger = 'night' | 'late' | 'demand'

/** What the steps of a run have in common. */
export type Night = NightDeps & { runId: number }

/** Events are read again from a day before the last complete night: the bureau may store them late. Known ones are left out by their ids. */
const overlapHours = 24

/**
 * Asks the bureau for everything that is new about the debtors in scope: one run of a night, or on demand. A run that broke off goes on
 * where it stopped. Returns what came of it, in debtors. Throws BureauError when the bureau cannot be asked at all.
 */
export async function runNight(deps: NightDeps, trigger: NightTrigger): Promise<{ runId: number; counts: NightCounts }> {
  const { client, clock, log, bureau } = deps
  const run = await openRun(deps, trigger)
  const night = { ...deps, runId: run.id }
  await bureau.portfolio?.ensure()
  await identifyAll(deps)
  await alignPortfolio(night)
  await noticeChanges(night, toInstant(run.eventsFrom))
  await fetchReports(night)
  const counts = await countNight(night)
  const finishedAt = fromInstant(clock.now())
  await client.$transaction([
    client.creditRun.update({ where: { id: run.id }, data: { finishedAt, counts } }),
    client.creditOrder.updateMany({ where: { runId: run.id, outcome: 'asked' }, data: { outcome: 'unsure' } }),
    // Last of all: a run that breaks off before reads the same events again.
    client.creditAccount.update({ where: { bureau: bureau.name }, data: { eventsUpTo: run.startedAt } }),
  ])
  log.info({ run: run.id, ...totalOf(counts) }, 'the credit bureau was asked')
  return { runId: run.id, counts: totalOf(counts) }
}

/** The run of a bureau that broke off, or a new one. */
export async function openRun({ client, clock, bureau }: Pick<NightDeps, 'client' | 'clock'> & { bureau: Pick<Bureau, 'name'> }, trigger: NightTrigger) {
  const unfinished = await client.creditRun.findFirst({ where: { bureau: bureau.name, finishedAt: null }, orderBy: { id: 'desc' } })
  if (unfinished) return unfinished
  const startedAt = clock.now()
  const account = await client.creditAccount.upsert({ where: { bureau: bureau.name }, create: { bureau: bureau.name }, update: {} })
  const from = account.eventsUpTo ? toInstant(account.eventsUpTo) : startedAt
  const eventsFrom = fromInstant(from.subtract({ hours: overlapHours }))
  return client.creditRun.create({ data: { bureau: bureau.name, trigger, startedAt: fromInstant(startedAt), eventsFrom } })
}

/** Finds the company of each debtor in scope that has none yet. One that cannot be asked for now is tried again in the next run. Throws BureauError when the bureau is away. */
async function identifyAll({ client, clock, log, bureau, numbers, rules, timeZone }: NightDeps): Promise<void> {
  // One after the other where two debtors share a number: the second one then finds what the first one was told.
  const underway = new Map<string, Promise<unknown>>()
  const patience = createPatience(log)
  await sideBySide(debtorsInScope(client, rules, clock.today(timeZone), bureau.name), width, async debtor => {
    const key = `${debtor.country} ${debtor.companyNumber ?? debtor.vatNumber}`
    const before = underway.get(key)
    const own = (async () => {
      await before?.catch(() => undefined)
      await identify({ client, clock, bureau, rules, numbers }, debtor)
    })()
    underway.set(key, own)
    try {
      await patience({ debtor: debtor.id }, () => own)
    } finally {
      if (underway.get(key) === own) underway.delete(key)
    }
  })
}
