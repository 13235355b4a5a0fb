import type { Credit } from '#credit'
import { type Clock, type DbClient, DuncanError, fromInstant, type Log, type Ops, type Queue, type ScheduledJob, toInstant } from '#platform'
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

/** A run that a mail asked for waits so long for one that is under way. */
const againMinutes = 10

type NightDeps = {
  client: DbClient
  queue: Pick<Queue, 'send'>
  credit: Credit
  clock: Clock
  ops: Ops
  log: Log
  postNight: (runId: number) => Promise<unknown>
}

/**
 * The night's run at the credit bureaus, for the moment at which it was due, where there was one; or an `urgent` one between two nights, which
 * has a card only where something changed. A login that is refused, or a right that
 * is missing, is told to people and not tried again tonight; a bureau that is away makes the job fail, so that it comes again and goes on
 * where the run stopped.
 */
export async function creditNight(deps: NightDeps, { due, urgent }: { due?: string | undefined; urgent: boolean }): Promise<void> {
  const { client, queue, credit, clock, ops, log, postNight } = deps
  const isLate =
    due !== undefined &&
    clock
      .now()
      .since(toInstant(new Date(due)))
      .total('minutes') > lateMinutes
  try {
    const result = await credit.sync(urgent ? 'demand' : isLate ? 'late' : 'night')
    if (result.outcome === 'running') {
      log.info('another process is asking the credit bureau')
      const startAfter = fromInstant(clock.now().add({ minutes: againMinutes }))
      if (urgent) await queue.send(client, creditSync, { urgent }, { key: `${creditSync.name} now`, startAfter })
      return
    }
    await ops.resolve('credit:creditsafe')
    await watchMails({ client, ops })
    if (result.outcome === 'done' && (!urgent || result.counts.changed > 0)) await postNight(result.runId)
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    await ops.raise({ key: 'credit:creditsafe', problem: error.message, remedy: error.remedy })
    if (error.code === 'credit.away') throw error
  }
}

/** Duncan's own portfolio has mails switched off: events of which the bureau says that it mailed them are the proof that it has not. */
async function watchMails({ client, ops }: Pick<NightDeps, 'client' | 'ops'>): Promise<void> {
  const run = await client.creditRun.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  const mailed = await client.creditEvent.count({ where: { runId: run?.id ?? 0, mailedAt: { not: null } } })
  if (mailed === 0) return ops.resolve('credit:mails')
  await ops.raise({
    key: 'credit:mails',
    problem: `The credit bureau sent mails of ${mailed} events of Duncan's own portfolio, which has mails switched off.`,
    remedy:
      'Look in the web tool of the bureau who receives mails of the portfolio that credit.portfolio names, and take them out. Each night Duncan switches them off, too.',
  })
}
