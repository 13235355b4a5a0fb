import { setImmediate as nextTurn } from 'node:timers/promises'
import cron, { type ScheduledTask } from 'node-cron'
import type { Clock } from './clock.ts'
import { fromInstant } from './dates.ts'
import type { Database, Db } from './db.ts'
import type { Log } from './log.ts'

export type ScheduledJob = {
  name: string
  /** Cron expression, with seconds as an optional first field. */
  cron: string
  /** IANA time zone that the expression is read in. */
  timeZone: string
  /** Enqueues the work of this tick, in the transaction that records the tick. */
  enqueue: (tx: Db, tick: Date) => Promise<void>
}

/** Whether a text is a cron expression, of five fields or of six with seconds in front. */
export const isCronExpression = (text: string): boolean => cron.validate(text)

/** Starts the schedules. Of several processes one takes each tick; a tick missed while all were down is caught up once. */
export function startSchedule(database: Database, clock: Clock, log: Log, jobs: ScheduledJob[]): { stop: () => Promise<void> } {
  const { client } = database

  /** Takes the tick if nobody has it: the row's last tick moves forward only once. */
  const take = (job: ScheduledJob, tick: Date) =>
    client.$transaction(async tx => {
      const taken = await tx.$executeRaw`
        INSERT INTO "ScheduleTick" (name, "lastTick") VALUES (${job.name}, ${tick})
        ON CONFLICT (name) DO UPDATE SET "lastTick" = excluded."lastTick" WHERE "ScheduleTick"."lastTick" < excluded."lastTick"`
      if (taken === 1) await job.enqueue(tx, tick)
    })

  const underway = new Set<Promise<unknown>>()
  /** Never rejects; `stop` waits for it, so that nothing reaches for the database afterwards. */
  const track = (work: Promise<unknown>) => {
    underway.add(work)
    return work.finally(() => underway.delete(work))
  }
  const failed = (job: ScheduledJob) => (error: unknown) => log.error({ schedule: job.name, err: error }, 'a scheduled tick could not be enqueued')
  const tasks = jobs.map(job => {
    const task: ScheduledTask = cron.schedule(job.cron, ({ date }) => track(take(job, wholeSecond(date)).catch(failed(job))), {
      name: job.name,
      timezone: job.timeZone,
      noOverlap: true,
    })
    void track(catchUp(job, task).catch(failed(job)))
    return task
  })

  /** One tick stands for all that were missed: each job does what is due, however much that is. */
  async function catchUp(job: ScheduledJob, task: ScheduledTask): Promise<void> {
    const now = fromInstant(clock.now())
    await client.scheduleTick.createMany({ data: [{ name: job.name, lastTick: now }], skipDuplicates: true })
    const { lastTick } = await client.scheduleTick.findUniqueOrThrow({ where: { name: job.name } })
    const missed = await newestTick(task, lastTick, now)
    if (missed) await take(job, missed)
  }

  const stop = async () => {
    for (const task of tasks) await task.destroy()
    await Promise.all(underway)
  }
  return { stop }
}

// All processes must name one tick alike, however many milliseconds late each of them is.
const wholeSecond = (date: Date) => new Date(Math.floor(date.getTime() / 1000) * 1000)

const minute = 60_000
const longestOutage = 35 * 24 * 60 // minutes; whatever was due before that is due again since

/** The newest tick after `since` and not after `until`, to the minute. */
async function newestTick(task: ScheduledTask, since: Date, until: Date): Promise<Date | undefined> {
  const start = Math.floor(until.getTime() / minute) * minute
  for (let back = 0; back < longestOutage; back++) {
    const candidate = new Date(start - back * minute)
    if (candidate <= since) return undefined
    if (task.match(candidate)) return candidate
    if (back % 2_000 === 1_999) await nextTurn() // a month of minutes takes most of a second
  }
  return undefined
}
