import { type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import { readProblems, viewEntries } from '#proposals'
import type { CardContext } from '../cards/proposal-card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { putPost } from '../posts.ts'
import { type Receipt, readOutcome, receiptCard } from './receipt.ts'
import { readKind } from './waiting-reminders.ts'

export type ReceiptDeps = { client: DbClient; clock: Clock; surface: string; contextIn: (language: string) => CardContext }

/** Draws what became of reminders that somebody approved together, for that person alone. May be called any number of times. */
export async function drawReceipt({ client, clock, surface, contextIn }: ReceiptDeps, runId: number): Promise<void> {
  const found = await readReceipt(client, runId)
  if (!found) return
  const { staff, receipt } = found
  const [channel = ownChannel(staff)] = await channelsOf(client, staff)
  const place = { surface, channel, subject: `reminders:${runId}`, privateTo: staff.id, sight: sightOf(staff) }
  await putPost(client, clock, place, receiptCard(receipt, contextIn(staff.language)))
}

/** The same of the run that an entry was approved in, if there is one. */
export async function drawReceiptOf(deps: ReceiptDeps, entryId: number): Promise<void> {
  const within = { excluded: false, run: { status: 'finished' } }
  const result = await deps.client.reminderResult.findFirst({ where: { entryId, ...within }, orderBy: { runId: 'desc' }, select: { runId: true } })
  if (result) await drawReceipt(deps, result.runId)
}

/** What one person approved at once, as it stands now; undefined when there is no such run, or its person is not there any more. */
export async function readReceipt(client: DbClient, runId: number): Promise<{ staff: Staff; receipt: Receipt } | undefined> {
  const run = await client.reminderRun.findFirst({
    where: { id: runId, status: { not: 'offered' } },
    include: { results: { where: { excluded: false }, orderBy: { entryId: 'asc' } } },
  })
  const staff = run && (await client.staff.findUnique({ where: { id: run.staffId } }))
  const kind = run && readKind(run.kind)
  if (!run || !kind || !staff?.active) return undefined
  const entries = await viewEntries(
    client,
    sightOf(staff),
    run.results.map(({ entryId }) => entryId),
  )
  const lines = run.results.flatMap(({ entryId, outcome, problem }) => {
    const entry = entries.find(({ id }) => id === entryId)
    return entry ? [{ entry, outcome: readOutcome(outcome), problems: readProblems(problem) }] : []
  })
  const isFinished = run.status === 'finished'
  return { staff, receipt: { runId, kind, by: staff.name, at: run.startedAt ?? run.createdAt, isFinished, lines } }
}
