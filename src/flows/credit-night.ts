import type { BureauNight, Credit } from '#credit'
import { type Clock, type DbClient, fromInstant, type Log, type Ops, type Queue, type ScheduledJob, toInstant } from '#platform'
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

/** Mails that the bureau sent are told of for so long. */
const mailedHours = 72

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
 * has a card only where something changed. A bureau that cannot be asked is told to people and does not stop the others: where a login is refused or
 * a right is missing it is not tried again tonight; one that is away makes the job fail, so that it comes again and goes on where that run
 * stopped.
 */
export async function creditNight(deps: NightDeps, { due, urgent }: { due?: string | undefined; urgent: boolean }): Promise<void> {
  const { client, queue, credit, clock, ops, log, postNight } = deps
  const isLate =
    due !== undefined &&
    clock
      .now()
      .since(toInstant(new Date(due)))
      .total('minutes') > lateMinutes
  const result = await credit.sync(urgent ? 'demand' : isLate ? 'late' : 'night')
  if (result.outcome === 'running') {
    log.info('another process is asking the credit bureau')
    const startAfter = fromInstant(clock.now().add({ minutes: againMinutes }))
    if (urgent) await queue.send(client, creditSync, { urgent }, { key: `${creditSync.name} now`, startAfter })
    return
  }
  await resolveOthers({ client, ops }, result.outcome === 'off' ? [] : Object.keys((await credit.rules()).bureaus))
  if (result.outcome === 'off') return
  for (const night of result.bureaus) await tellBureau(ops, night)
  await watchMails({ client, clock, ops })
  const isAnyDone = result.bureaus.some(({ outcome }) => outcome === 'done')
  if (isAnyDone && (!urgent || result.counts.changed > 0)) await postNight(result.runId)
  const away = result.bureaus.flatMap(night => (night.outcome === 'failed' && night.fault.code === 'credit.away' ? night.fault : []))
  if (away[0]) throw away[0]
}

/** What was told of a bureau that the settings no longer name is settled. */
async function resolveOthers({ client, ops }: Pick<NightDeps, 'client' | 'ops'>, bureaus: string[]): Promise<void> {
  const open = await client.opsAlert.findMany({ where: { key: { startsWith: 'credit:' }, resolvedAt: null }, select: { key: true } })
  const names = new Set(['mails', ...bureaus])
  for (const { key } of open) if (!names.has(key.split(':')[1] ?? '')) await ops.resolve(key)
}

/** What an administrator has to see to at one bureau: that it could not be asked, or that rows of its file were left out. */
async function tellBureau(ops: Ops, night: BureauNight): Promise<void> {
  if (night.outcome === 'left_out') return
  const key = `credit:${night.bureau}`
  if (night.outcome === 'failed') return ops.raise({ key, problem: night.fault.message, remedy: night.fault.remedy })
  await ops.resolve(key)
  const { file } = night
  if (!file?.isOld) await ops.resolve(`${key}:old`)
  else {
    await ops.raise({
      key: `${key}:old`,
      problem: `The newest file of ${night.bureau} is ${file.name} of ${file.changedAt.toString().slice(0, 10)}.`,
      remedy: `See why no newer one arrives, or set credit.bureaus.${night.bureau}.maxAgeDays in the settings.`,
    })
  }
  if (!file || file.faultCount === 0) return ops.resolve(`${key}:rows`)
  // What stands in a cell may be about a person: the alert says only where it is.
  const places = file.faults
    .slice(0, 3)
    .map(fault => fault.split(':', 1)[0])
    .join('; ')
  await ops.raise({
    key: `${key}:rows`,
    problem: `Rows of ${file.name} that were left out: ${file.faultCount} (${places}${file.faultCount > 3 ? '; …' : ''}).`,
    remedy: `\`duncan doctor\` says what is wrong with them. Have them corrected by who delivers the file, or correct credit.bureaus.${night.bureau} in the settings.`,
  })
}

/** Duncan's own portfolio has mails switched off: events of which the bureau says that it mailed them are the proof that it has not. */
async function watchMails({ client, clock, ops }: Pick<NightDeps, 'client' | 'clock' | 'ops'>): Promise<void> {
  const since = fromInstant(clock.now().subtract({ hours: mailedHours }))
  const mailed = await client.creditEvent.count({ where: { mailedAt: { not: null }, happenedAt: { gte: since } } })
  if (mailed === 0) return ops.resolve('credit:mails')
  await ops.raise({
    key: 'credit:mails',
    problem: `The credit bureau sent mails of ${mailed} events of Duncan's own portfolio, which has mails switched off.`,
    remedy:
      'Look in the web tool of the bureau who receives mails of the portfolio that credit.portfolio names, and take them out. Each night Duncan switches them off, too.',
  })
}
