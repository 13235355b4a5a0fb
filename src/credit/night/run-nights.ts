import { type Database, DuncanError, fromInstant } from '#platform'
import { BureauError, type BureauFile } from '../bureaus/bureau.ts'
import { type Bureaus, faultOf } from '../bureaus/open-bureau.ts'
import { countFailed, type NightCounts, totalOf } from './count-night.ts'
import { type NightDeps, type NightTrigger, openRun, runNight } from './run-night.ts'

/** What came of a night at one bureau. `left_out`: it was asked already in this night, which goes on for another one. */
export type BureauNight = { bureau: string; runId: number } & (
  | { outcome: 'done'; counts: NightCounts; file: BureauFile | undefined }
  | { outcome: 'failed'; counts: NightCounts; fault: DuncanError }
  | { outcome: 'left_out' }
)

/** `runId`: by which the night is told, whichever bureaus had part in it. `running`: other processes are at it. */
export type NightsOutcome = { outcome: 'done'; runId: number; counts: NightCounts; bureaus: BureauNight[] } | { outcome: 'running' }

type NightsDeps = Omit<NightDeps, 'bureau'> & { pool: Database['pool']; bureaus: Bureaus }

/** A night that broke off is gone on with for so long; then another one begins, and asks all bureaus. */
const sameNightHours = 12

/** Runs the night of every bureau, one after the other; one that cannot be asked does not stop the others. */
export async function runNights(deps: NightsDeps, trigger: NightTrigger): Promise<NightsOutcome> {
  const { pool, rules } = deps
  await forgetDropped(deps)
  const connection = await pool.connect()
  try {
    const free: string[] = []
    for (const name of Object.keys(rules.bureaus)) {
      const { rows } = await connection.query<{ taken: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS taken', [`credit night ${name}`])
      if (rows[0]?.taken) free.push(name)
    }
    if (free.length === 0) return { outcome: 'running' }
    // Who asks on demand wants all of it, whatever was asked in the night that broke off.
    const leftOut = trigger === 'demand' ? new Map<string, number>() : await askedAlready(deps, free)
    const nights = await openNights(
      deps,
      free.filter(name => !leftOut.has(name)),
      trigger,
    )
    const bureaus: BureauNight[] = [...leftOut].map(([bureau, runId]) => ({ bureau, runId, outcome: 'left_out' }))
    for (const [bureau, runId] of nights.runs) bureaus.push(await runOne(deps, bureau, runId, trigger))
    const counts = totalOf(bureaus.flatMap(night => (night.outcome === 'left_out' ? [] : night.counts)))
    return { outcome: 'done', runId: nights.nightId, counts, bureaus }
  } finally {
    // A connection that is only ended keeps its locks until the server notices: who asks again at once would find the bureaus taken.
    await connection.query('SELECT pg_advisory_unlock_all()').catch(() => undefined)
    connection.release(true) // and with it whatever lock could not be given back
  }
}

/** The companies of a bureau that the settings no longer name are nobody's: nothing watches them. */
async function forgetDropped({ client, log, rules }: NightsDeps): Promise<void> {
  const data = { monitoring: 'none', monitoredSince: null, listed: {}, reportOwed: false }
  const { count } = await client.creditCompany.updateMany({ where: { monitoring: 'monitored', bureau: { notIn: Object.keys(rules.bureaus) } }, data })
  if (count > 0) log.info({ companies: count }, 'companies of a bureau that the settings no longer name are not monitored any more')
}

/** Those of the bureaus that were asked in the night that broke off at another one, with their runs; all others belong to a new night. */
async function askedAlready({ client, clock }: NightsDeps, names: string[]): Promise<Map<string, number>> {
  const since = fromInstant(clock.now().subtract({ hours: sameNightHours }))
  const brokenOff = await client.creditRun.findFirst({
    where: { bureau: { in: names }, finishedAt: null, startedAt: { gte: since }, nightId: { not: null } },
    orderBy: { id: 'desc' },
  })
  if (!brokenOff) return new Map()
  const over = await client.creditRun.findMany({ where: { bureau: { in: names }, nightId: brokenOff.nightId, finishedAt: { not: null } } })
  return new Map(over.map(({ bureau, id }) => [bureau, id]))
}

/** Opens the runs of bureaus, or those of theirs that broke off, as one night. */
async function openNights(deps: NightsDeps, names: string[], trigger: NightTrigger): Promise<{ nightId: number; runs: [bureau: string, runId: number][] }> {
  const { client, clock } = deps
  const began = clock.now().epochMilliseconds
  const opened = []
  for (const name of names) opened.push(await openRun({ client, clock, bureau: { name } }, trigger))
  const young = opened.filter(({ startedAt, nightId }) => trigger !== 'demand' && nightId !== null && began - startedAt.getTime() < sameNightHours * 3_600_000)
  const fresh = opened.filter(({ nightId }) => nightId === null)
  const nightId = young[0]?.nightId ?? fresh[0]?.id ?? opened[0]?.id ?? 0
  await client.creditRun.updateMany({ where: { id: { in: opened.map(({ id }) => id) } }, data: { nightId } })
  return { nightId, runs: opened.map(({ bureau, id }) => [bureau, id]) }
}

async function runOne(deps: NightsDeps, name: string, runId: number, trigger: NightTrigger): Promise<BureauNight> {
  const { client, clock, rules, bureaus } = deps
  try {
    const bureau = bureaus.open(name, rules)
    const { counts } = await runNight({ ...deps, bureau }, trigger)
    await client.creditAccount.updateMany({ where: { bureau: name, activeSince: null }, data: { activeSince: fromInstant(clock.now()) } })
    return { bureau: name, runId, outcome: 'done', counts, file: await bureau.file?.() }
  } catch (error) {
    const fault = error instanceof BureauError ? faultOf(error, name) : error
    if (!(fault instanceof DuncanError)) throw error
    const counts = await countFailed({ ...deps, bureau: { name } })
    await client.creditRun.update({ where: { id: runId }, data: { counts } })
    return { bureau: name, runId, outcome: 'failed', counts: totalOf(counts), fault }
  }
}
