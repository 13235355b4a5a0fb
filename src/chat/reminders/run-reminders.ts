import { DuncanError, fromInstant, Prisma, recordAudit } from '#platform'
import { type Problem, problemsOf, problemsOfEntry } from '#proposals'
import type { ProposalsPort } from '../approvals/port.ts'
import { drawReceipt, type ReceiptDeps } from './draw-receipt.ts'
import type { ReminderOutcome } from './receipt.ts'
import { remindersAmong } from './waiting-reminders.ts'

export type RunDeps = ReceiptDeps & { proposals: Pick<ProposalsPort, 'voteOnEntry'> }

type Run = Prisma.ReminderRunGetPayload<{ include: { results: true } }>
type Became = { outcome: ReminderOutcome; problems?: readonly Problem[] }

/** The card of who approved is drawn anew after so many. */
const drawnAfter = 10

/**
 * Approves one after the other what a person confirmed, each by a vote of its own, with every check of its own. Run again after a crash it
 * goes on with those of which nothing is known yet. `giveUp`: it only says of those that nobody came to them.
 */
export async function runReminders(deps: RunDeps, runId: number, giveUp = false): Promise<void> {
  const { client, clock } = deps
  const run = await client.reminderRun.findUnique({
    where: { id: runId },
    include: { results: { where: { excluded: false, outcome: null }, orderBy: { entryId: 'asc' } } },
  })
  if (run?.status !== 'running') return
  for (const [index, result] of run.results.entries()) {
    const { outcome, problems } = await approveOne(deps, run, result, giveUp)
    await client.reminderResult.updateMany({
      where: { runId, entryId: result.entryId, outcome: null },
      data: { outcome, problem: problems ? [...problems] : Prisma.DbNull },
    })
    if (index % drawnAfter === drawnAfter - 1) await drawReceipt(deps, runId)
  }
  await client.$transaction(async tx => {
    const { count } = await tx.reminderRun.updateMany({
      where: { id: runId, status: 'running' },
      data: { status: 'finished', finishedAt: fromInstant(clock.now()) },
    })
    if (count === 0) return
    const results = await tx.reminderResult.findMany({ where: { runId, excluded: false }, orderBy: { entryId: 'asc' } })
    const refused = results.filter(({ outcome }) => outcome !== 'approved').map(({ entryId, outcome }) => ({ entry: entryId, why: outcome }))
    const detail = { approved: results.length - refused.length, refused }
    await recordAudit(tx, { actor: 'duncan', event: 'reminders.finished', subject: `reminders:${runId}`, detail })
  })
  await drawReceipt(deps, runId)
}

async function approveOne(deps: RunDeps, run: Run, result: Run['results'][number], giveUp: boolean): Promise<Became> {
  // It may have been approved right before a crash, with nobody left to write that down.
  if (await isMade(deps, run, result.entryId)) return { outcome: 'approved' }
  if (giveUp) return { outcome: 'stopped' }
  const became = await tryOne(deps, run, result)
  return became.outcome !== 'approved' && (await isMade(deps, run, result.entryId)) ? { outcome: 'approved' } : became
}

/** Whether this person approved it since the run began. */
async function isMade({ client }: RunDeps, { staffId, startedAt }: Run, id: number): Promise<boolean> {
  const made = { id, status: 'done', decidedById: staffId, decidedAt: { gte: startedAt ?? new Date(0) } }
  return (await client.debtorEntry.count({ where: made })) > 0
}

async function tryOne({ client, proposals }: RunDeps, { staffId, surface }: Run, { entryId, version }: Run['results'][number]): Promise<Became> {
  try {
    const [reminder] = await remindersAmong(client, [entryId])
    if (!reminder) return { outcome: 'gone' }
    if (reminder.why !== null || reminder.version !== version) return { outcome: 'changed' }
    const told = await proposals.voteOnEntry({ kind: 'approve', entryId, staffId, surface, version })
    switch (told.kind) {
      case 'entered':
        return { outcome: told.status === 'awaiting_second' ? 'second_vote' : 'approved' }
      case 'changed':
        return { outcome: 'changed' }
      case 'not_allowed':
        return { outcome: 'not_allowed' }
      case 'not_found':
        return { outcome: 'gone' }
      case 'invalid':
        return { outcome: 'refused', problems: problemsOfEntry(told.problem) }
      default:
        return told satisfies never
    }
  } catch (error) {
    // One that this release cannot read must not hold up the others.
    if (!(error instanceof DuncanError)) throw error
    return { outcome: 'refused', problems: problemsOf(error) }
  }
}
