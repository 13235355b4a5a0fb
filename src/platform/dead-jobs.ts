import { recordAudit } from './audit.ts'
import type { DbClient } from './db.ts'
import { DuncanError } from './errors.ts'
import type { JobKind, Queue } from './queue.ts'

export type BuriedJob = { id: string; kind: string; payload: unknown; problem: string; diedAt: Date; retriedAt: Date | null; retriedBy: string | null }

const mostListed = 500

/** Jobs that failed for good and that nobody had run again, newest first; `all`: those, too. At most 500. */
export function listDeadJobs(client: DbClient, { all = false }: { all?: boolean } = {}): Promise<BuriedJob[]> {
  return client.deadJob.findMany({ ...(!all && { where: { retriedAt: null } }), orderBy: [{ diedAt: 'desc' }, { id: 'asc' }], take: mostListed })
}

/** The dead job whose id begins so. Throws `jobs.unknown` when there is none, or more than one. */
export async function findDeadJob(client: DbClient, idStart: string): Promise<BuriedJob> {
  const found = await client.deadJob.findMany({ where: { id: { startsWith: idStart } }, take: 2 })
  const [job] = found
  if (job && found.length === 1) return job
  const problem = job ? `Several dead jobs begin with ${idStart}.` : `There is no dead job ${idStart}.`
  throw new DuncanError('jobs.unknown', problem, 'See `duncan jobs dead --all` for their ids.')
}

type RetryDeps = { client: DbClient; queue: Pick<Queue, 'send'>; kinds: JobKind[] }

/**
 * Has a dead job run again as a new one, once however many ask; false when it was retried already. Handlers are idempotent: what the job did before it died is not done twice. Throws `jobs.kind` for a kind of another release.
 */
export async function retryDeadJob({ client, queue, kinds }: RetryDeps, { id, kind, payload }: BuriedJob, actor: string): Promise<boolean> {
  const known = kinds.find(({ name }) => name === kind)
  if (!known) throw new DuncanError('jobs.kind', `This release knows no job of kind ${kind}.`, 'Retry it with the release that it is of.')
  return client.$transaction(async tx => {
    const { count } = await tx.deadJob.updateMany({ where: { id, retriedAt: null }, data: { retriedAt: new Date(), retriedBy: actor } })
    if (count === 0) return false
    await queue.send(tx, known, payload, known.keyed ? { key: `retry:${id}` } : {})
    await recordAudit(tx, { actor, event: 'job.retried', subject: `job:${id}`, detail: { kind } })
    return true
  })
}
