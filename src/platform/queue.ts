import { fromPrisma, type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { z } from 'zod'
import type { Database, Db, Prisma } from './db.ts'
import { DuncanError, errorText } from './errors.ts'
import { faultLine, type Log } from './log.ts'

/** One kind of job: its queue's name and its payload. Handlers must be idempotent: after a crash a job runs again. */
export type JobKind<S extends z.ZodType = z.ZodType> = {
  name: string
  payload: S
  /** Tries after the first one before the job is dead. */
  retries: number
  /** Whether every job carries a key, of which only one may wait at a time. */
  keyed: boolean
  /** How long a try may take: after that it counts as failed, and the job is tried again. */
  seconds: number
}

export type SendOptions = { key?: string; startAfter?: Date }

export type DeadJob = { id: string; kind: string; payload: unknown; problem: string }

export type Queue = {
  /** Enqueues inside the caller's transaction: the job exists if and only if the change does. */
  send: <S extends z.ZodType>(db: Db, kind: JobKind<S>, payload: z.input<S>, options?: SendOptions) => Promise<void>
  /** As `send`, for many jobs of a kind without keys: one statement. */
  sendMany: <S extends z.ZodType>(db: Db, kind: JobKind<S>, payloads: readonly z.input<S>[]) => Promise<void>
  /** Starts handling jobs of a kind in this process, `concurrency` of them at a time (an even number, or 1: one after the other). */
  work: <S extends z.ZodType>(kind: JobKind<S>, handler: (payload: z.infer<S>) => Promise<void>, options?: { concurrency?: number }) => Promise<void>
  /** Hears of each job that failed for good, in whichever process. */
  onDead: (handler: (job: DeadJob) => Promise<void>) => Promise<void>
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Between `start` and `stop`. */
  isRunning: () => boolean
}

const deadLetters = 'dead-letters'
const workOptions = { batchSize: 10, burstWhenBatchFull: true, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1, includeMetadata: true } as const

/** Sees every try of a job end: for metrics. */
export type JobObserver = (kind: string, outcome: 'done' | 'failed', seconds: number) => void

export const jobKind = <S extends z.ZodType>(name: string, payload: S, options: Partial<Pick<JobKind, 'retries' | 'keyed' | 'seconds'>> = {}): JobKind<S> => ({
  name,
  payload,
  retries: options.retries ?? 5,
  keyed: options.keyed ?? false,
  seconds: options.seconds ?? 900,
})

/** The job queue on Duncan's own database; many processes may work on one. */
export function createQueue(database: Database, log: Log, kinds: JobKind[], observe: JobObserver = () => undefined): Queue {
  const boss = new PgBoss({
    connectionString: database.url,
    max: 4,
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  })
  // While the database is away every worker fails at every poll: one line a minute tells the same.
  const loggedAt = new Map<string, number>()
  boss.on('error', error => {
    const problem = errorText(error).replace(/ \(Queue: .*$/, '')
    if (performance.now() - (loggedAt.get(problem) ?? -Infinity) < 60_000) return
    loggedAt.set(problem, performance.now())
    log.warn({ problem }, 'the job queue had an error')
  })

  async function runOne(kind: JobKind, job: JobWithMetadata, handler: (payload: never) => Promise<void>): Promise<JobResult> {
    const started = performance.now()
    const ended = (outcome: 'done' | 'failed') => observe(kind.name, outcome, (performance.now() - started) / 1000)
    try {
      await handler(kind.payload.parse(job.data) as never)
      ended('done')
      return { id: job.id, status: 'completed' }
    } catch (error) {
      ended('failed')
      log.warn({ job: job.id, kind: kind.name, tries: job.retryCount + 1, err: error }, 'a job failed')
      return { id: job.id, status: 'failed', output: { message: faultLine(error) } }
    }
  }

  /** Keeps a dead job where it can be listed and run again; the queue forgets it after some days. */
  const bury = async ({ payload, ...dead }: DeadJob) =>
    database.client.deadJob.createMany({ data: { ...dead, payload: payload as Prisma.InputJsonValue }, skipDuplicates: true })

  let isRunning = false
  return {
    isRunning: () => isRunning,
    start: async () => {
      await boss.start()
      await boss.createQueue(deadLetters, { retryLimit: 3, notify: true })
      for (const { name, keyed, retries, seconds } of kinds) {
        const policy = keyed ? 'short' : 'standard'
        const retry = { retryLimit: retries, retryDelay: 1, retryBackoff: true, retryDelayMax: 600 }
        await boss.createQueue(name, { policy, ...retry, notify: true, heartbeatSeconds: 10, expireInSeconds: seconds, deadLetter: deadLetters })
      }
      isRunning = true
    },
    stop: async () => {
      isRunning = false
      await boss.stop({ graceful: true, timeout: 7_000 }) // who stops a process waits ten seconds, and others have to end, too
    },
    send: async (db, kind, payload, { key, startAfter } = {}) => {
      if (kind.keyed !== (key !== undefined)) throw keyFault(kind, key !== undefined)
      const options = { db: fromPrisma(db), ...(key && { singletonKey: key }), ...(startAfter && { startAfter }) }
      await boss.send(kind.name, kind.payload.parse(payload) as object, options)
    },
    sendMany: async (db, kind, payloads) => {
      if (kind.keyed) throw keyFault(kind, false)
      if (payloads.length === 0) return
      const jobs = payloads.map(payload => ({ data: kind.payload.parse(payload) as object }))
      await boss.insert(kind.name, jobs, { db: fromPrisma(db) })
    },
    work: async (kind, handler, { concurrency = 1 } = {}) => {
      // A batch is over when its last job is: side by side in pairs, a job that hangs holds up no other.
      const parallel = concurrency > 1 && { batchSize: 2, localConcurrency: Math.ceil(concurrency / 2) }
      await boss.work(kind.name, { ...workOptions, ...parallel, perJobResults: true } as const, async (jobs: JobWithMetadata[]) => {
        if (parallel) return Promise.all(jobs.map(job => runOne(kind, job, handler)))
        const results: JobResult[] = []
        for (const job of jobs) results.push(await runOne(kind, job, handler))
        return results
      })
    },
    onDead: async handler => {
      await boss.work(deadLetters, workOptions, async (jobs: JobWithMetadata[]) => {
        for (const job of jobs) {
          const output: { message?: string } | null = job.sourceOutput
          const problem = output?.message ?? 'its process stopped while it ran'
          const dead = { id: job.sourceId ?? job.id, kind: job.sourceName ?? 'unknown', payload: job.data, problem }
          await bury(dead)
          await handler(dead)
        }
      })
    },
  }
}

const keyFault = ({ name }: JobKind, hasKey: boolean): DuncanError =>
  new DuncanError('queue.key', `A job of kind ${name} was sent ${hasKey ? 'with' : 'without'} a key.`, 'This is a fault in Duncan; please report it.')
