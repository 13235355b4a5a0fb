import { type Clock, type DbClient, fromInstant, listDeadJobs, type Ops } from '#platform'
import { explainDeadJob } from './explain-dead-job.ts'

const keyOf = (kind: string): string => `job:${kind}`

/** One alert for each kind of job that has dead ones, which tells how many; closed once all of them were run again or made up for. */
export async function watchDeadJobs({ client, ops }: { client: DbClient; ops: Pick<Ops, 'raise' | 'resolve'> }): Promise<void> {
  const kinds = Map.groupBy(await listDeadJobs(client), ({ kind }) => kind)
  for (const [kind, [newest, ...others]] of kinds) {
    if (!newest) continue
    const howMany = others.length === 0 ? `A job of kind ${kind}` : `${others.length + 1} jobs of kind ${kind}`
    const id = newest.id.slice(0, 8)
    await ops.raise({
      key: keyOf(kind),
      problem: `${howMany} failed for good${others.length === 0 ? '' : ', the newest'}: ${newest.problem}`,
      remedy: `${explainDeadJob(kind)} \`duncan jobs show ${id}\` tells more, \`duncan jobs retry ${others.length === 0 ? id : 'all'}\` has ${others.length === 0 ? 'it' : 'them'} run again.`,
    })
  }
  const open = await client.opsAlert.findMany({ where: { key: { startsWith: 'job:' }, resolvedAt: null }, select: { key: true } })
  const over = open.filter(({ key }) => !kinds.has(key.slice('job:'.length)))
  for (const { key } of over) await ops.resolve(key)
}

/** A scheduled job that succeeds has done what those of its kind that died left undone. */
export async function forgetDead({ client, clock }: { client: DbClient; clock: Clock }, kind: string): Promise<void> {
  await client.deadJob.updateMany({ where: { kind, retriedAt: null }, data: { retriedAt: fromInstant(clock.now()), retriedBy: 'duncan' } })
}
