import { Command } from 'commander'
import { deadJobLines, explainDeadJob, flowJobs, watchDeadJobs } from '#flows'
import { outboxJobs } from '#mail'
import { type BuriedJob, createOps, createQueue, findDeadJob, listDeadJobs, retryDeadJob, silentLog } from '#platform'
import { withDatabase } from './with-database.ts'

export function jobsCommand(): Command {
  const jobs = new Command('jobs')
  jobs
    .command('dead')
    .description('list dead jobs; exit code 1 when there are any')
    .option('--all', 'also those that were retried')
    .option('--json', 'one JSON object a line')
    .action(dead)
  jobs.command('show').description('why a job died and what to do').argument('<id>', 'the id, or how it begins').action(show)
  jobs.command('retry').description('have a dead job run again').argument('<id|all>', 'the id, how it begins, or all').action(retry)
  return jobs
}

async function dead({ all, json }: { all?: boolean; json?: boolean }): Promise<void> {
  await withDatabase(async ({ client }) => {
    const jobs = await listDeadJobs(client, { all: all ?? false })
    if (json) for (const job of jobs) console.log(JSON.stringify(job))
    else if (all) for (const { id, kind, problem, retriedAt } of jobs) console.log(`${id}  ${kind}${retriedAt ? ' (retried)' : ''}: ${problem}`)
    else for (const line of await deadJobLines(client)) console.log(line)
    process.exitCode = jobs.some(({ retriedAt }) => !retriedAt) ? 1 : 0
  })
}

async function show(id: string): Promise<void> {
  await withDatabase(async ({ client }) => {
    const job = await findDeadJob(client, id)
    for (const line of describe(job)) console.log(line)
  })
}

const describe = ({ id, kind, payload, problem, diedAt, retriedAt, retriedBy }: BuriedJob): string[] => [
  `${kind} ${id}`,
  `  of        ${JSON.stringify(payload)}`,
  `  died      ${diedAt.toISOString()}`,
  `  cause     ${problem}`,
  ...(retriedAt ? [`  retried   ${retriedAt.toISOString()} by ${retriedBy}`] : []),
  `→ ${explainDeadJob(kind)}`,
]

async function retry(id: string): Promise<void> {
  await withDatabase(async database => {
    const jobs = id === 'all' ? await listDeadJobs(database.client) : [await findDeadJob(database.client, id)]
    const kinds = [...flowJobs, ...outboxJobs]
    const queue = createQueue(database, silentLog, kinds)
    await queue.start()
    try {
      for (const job of jobs) {
        const isRetried = await retryDeadJob({ client: database.client, queue, kinds }, job, 'cli')
        console.log(isRetried ? `${job.kind} ${job.id} runs again.` : `${job.kind} ${job.id} was retried already.`)
      }
      if (jobs.length === 0) console.log('No job is dead.')
      await watchDeadJobs({ client: database.client, ops: createOps(database.client, queue) })
    } finally {
      await queue.stop()
    }
  })
}
