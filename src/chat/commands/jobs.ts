import { explainDeadJob } from '#flows'
import { type BuriedJob, DuncanError, listDeadJobs } from '#platform'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const mostShown = 15

/** Has a dead job run again for somebody (`staff:3`); false when it was retried already. Throws `jobs.kind` for a kind of another release. */
export type RetryJob = (job: BuriedJob, by: string) => Promise<boolean>

/** `/duncan jobs`: work that failed for good, newest first, each pressed to have it run again. */
export async function jobsAnswer({ client, context: { words, format } }: CommandDeps, told?: string): Promise<ClickOutcome> {
  const say = words.people
  const jobs = await listDeadJobs(client)
  const line = ({ id, kind, problem, diedAt }: BuriedJob): CardElement => ({
    type: 'pick',
    text: `${kind} · ${format.dateTime(diedAt)}`,
    note: `${oneLine(problem, 300)} → ${explainDeadJob(kind)}`,
    button: { action: 'job.retry', label: say.jobRetry, style: 'default', data: { job: id } },
  })
  const rest = jobs.length - mostShown
  const summary = jobs.length === 0 ? say.jobsNone : say.jobsDead(jobs.length)
  const card = cardSchema.parse({
    title: say.jobsTitle,
    subtitle: [told, summary].filter(Boolean).join(' '),
    elements: [...jobs.slice(0, mostShown).map(line), ...(rest > 0 ? [{ type: 'text' as const, text: say.andMore(rest), weight: 'subtle' as const }] : [])],
    fallback: [say.jobsTitle, summary].join('\n'),
  })
  return { kind: 'private', card }
}

/** Has a dead job run again, once however many press, and answers with those that are left. */
export async function retryJobAnswer(deps: CommandDeps, jobId: string): Promise<ClickOutcome> {
  const { client, context, staff, retryJob } = deps
  const { people: say, outcome } = context.words
  const job = await client.deadJob.findUnique({ where: { id: jobId } })
  if (!job || !retryJob) return { kind: 'refused', message: outcome.gone }
  try {
    const isRetried = await retryJob(job, `staff:${staff.id}`)
    return await jobsAnswer(deps, isRetried ? say.jobRetried(job.kind) : say.jobWasRetried(job.kind))
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    return { kind: 'refused', message: `${error.message} ${error.remedy}` }
  }
}
