import type { Credit } from '#credit'
import { type Clock, DuncanError, type Log, type Ops, type Queue, type ScheduledJob, toInstant } from '#platform'
import { creditSync } from './jobs.ts'

/** A run that begins later than that was made up for, and says so. */
const lateMinutes = 10

/** When the night's run is due: at 23:00 in Brussels, the bureau's own time, whatever Duncan's; the day's changes are in by then. */
export const creditNightSchedule = (queue: Pick<Queue, 'send'>): ScheduledJob => ({
  name: creditSync.name,
  cron: '0 23 * * *',
  timeZone: 'Europe/Brussels',
  enqueue: (tx, tick) => queue.send(tx, creditSync, { due: tick.toISOString() }, { key: creditSync.name }),
})

type NightDeps = { credit: Credit; clock: Clock; ops: Ops; log: Log; postNight: (runId: number) => Promise<unknown> }

/**
 * The night's run at the credit bureaus, for the moment at which it was due, where there was one. A login that is refused, or a right that
 * is missing, is told to people and not tried again tonight; a bureau that is away makes the job fail, so that it comes again and goes on
 * where the run stopped.
 */
export async function creditNight({ credit, clock, ops, log, postNight }: NightDeps, due: Date | undefined): Promise<void> {
  const isLate = due !== undefined && clock.now().since(toInstant(due)).total('minutes') > lateMinutes
  try {
    const result = await credit.sync(isLate ? 'late' : 'night')
    if (result.outcome === 'running') return log.info('another process is asking the credit bureau')
    await ops.resolve('credit:creditsafe')
    if (result.outcome === 'done') await postNight(result.runId)
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    await ops.raise({ key: 'credit:creditsafe', problem: error.message, remedy: error.remedy })
    if (error.code === 'credit.away') throw error
  }
}
