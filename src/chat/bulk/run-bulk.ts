import { readRightsPolicy } from '#people'
import { DuncanError, fromInstant, Prisma, recordAudit } from '#platform'
import { type DecisionOutcome, type Problem, problemsOf } from '#proposals'
import { isWaiting } from '../cards/proposal-card.ts'
import { drawBulk } from './draw-bulk.ts'
import { bulkSubject } from './in-sight.ts'
import { alikeOf } from './likeness.ts'
import type { Outcome } from './outcome.ts'
import { type BulkDeps, inTurn } from './port.ts'
import { closeIfOver } from './sort-in.ts'

type Run = Prisma.ChatBulkRunGetPayload<{ include: { bulk: true; results: true } }>
type Became = { outcome: Outcome; problems?: readonly Problem[] }

/**
 * Approves one after the other what a person confirmed, each by its own decision. Run again after a crash it goes on with those of which
 * nothing is known yet. `giveUp`: it only says of those that nobody came to them, and their cards come back.
 */
export async function runBulk(deps: BulkDeps, runId: number, giveUp = false): Promise<void> {
  const { client } = deps
  const run = await client.chatBulkRun.findUnique({
    where: { id: runId },
    include: { bulk: true, results: { where: { excluded: false, outcome: null }, orderBy: { proposalId: 'asc' } } },
  })
  if (run?.status !== 'running') return
  for (const result of run.results) {
    const { outcome, problems } = await approveOne(deps, run, result, giveUp)
    // What is above this person's limit another one may still approve with the rest.
    const status = outcome === 'above_limit' ? 'folded' : 'apart'
    await client.$transaction([
      client.chatBulkResult.updateMany({
        where: { runId, proposalId: result.proposalId, outcome: null },
        data: { outcome, problem: problems ? [...problems] : Prisma.DbNull },
      }),
      client.chatBulkItem.updateMany({ where: { proposalId: result.proposalId, bulkId: run.bulkId, status: 'taken' }, data: { status } }),
    ])
  }
  await finish(deps, run)
}

async function approveOne(deps: BulkDeps, run: Run, result: Run['results'][number], giveUp: boolean): Promise<Became> {
  const { bulk, staffId } = run
  const isMade = async () => {
    const where = { proposalId: result.proposalId, staffId, kind: 'approve', detail: { path: ['bulk'], equals: bulk.id } }
    return (await deps.client.decision.count({ where })) > 0
  }
  // It may have been decided right before a crash, with nobody left to write that down.
  if (await isMade()) return { outcome: 'approved' }
  if (giveUp) return { outcome: 'stopped' }
  const became = await tryOne(deps, run, result)
  // Or by another process, which took this one for dead and does the same work.
  return became.outcome !== 'approved' && (await isMade()) ? { outcome: 'approved' } : became
}

async function tryOne({ client, proposals }: BulkDeps, { bulk, staffId, surface }: Run, { proposalId, version }: Run['results'][number]): Promise<Became> {
  try {
    const view = await proposals.view(proposalId, { brief: true })
    if (!view) return { outcome: 'gone' }
    if (!isWaiting(view)) return { outcome: 'already' }
    const item = await client.chatBulkItem.findUnique({ where: { proposalId } })
    const isStill = item?.status === 'taken' && item.bulkId === bulk.id && alikeOf(view, await readRightsPolicy(client))?.key === bulk.likeness
    if (!isStill) return { outcome: 'changed' }
    return becameOf(await proposals.decide({ kind: 'approve', bulk: bulk.id, version, proposalId, staffId, surface }))
  } catch (error) {
    // One that this release cannot read must not hold up the others.
    if (!(error instanceof DuncanError)) throw error
    return { outcome: 'invalid', problems: problemsOf(error) }
  }
}

function becameOf(told: DecisionOutcome): Became {
  switch (told.kind) {
    case 'decided':
      return { outcome: 'approved' }
    case 'already_decided':
      return { outcome: 'already' }
    case 'not_allowed':
      return { outcome: told.why === 'above_limit' ? 'above_limit' : 'not_allowed' }
    case 'not_found':
      return { outcome: 'gone' }
    case 'invalid':
      if (told.problems.some(({ code }) => code === 'changed')) return { outcome: 'changed' }
      return { outcome: 'invalid', problems: told.problems }
    default:
      return told satisfies never
  }
}

async function finish(deps: BulkDeps, { id, bulkId }: Run): Promise<void> {
  const { client, clock, bulks } = deps
  await inTurn(client, async tx => {
    const { count } = await tx.chatBulkRun.updateMany({ where: { id, status: 'running' }, data: { status: 'finished', finishedAt: fromInstant(clock.now()) } })
    if (count === 0) return
    const results = await tx.chatBulkResult.findMany({ where: { runId: id, excluded: false } })
    const refused = results.filter(({ outcome }) => outcome !== 'approved')
    await recordAudit(tx, {
      actor: 'duncan',
      event: 'bulk.finished',
      subject: bulkSubject(bulkId),
      detail: {
        run: id,
        approved: results.length - refused.length,
        refused: refused.map(({ proposalId, outcome }) => ({ proposal: proposalId, why: outcome })),
      },
    })
    // What was decided draws itself.
    await bulks.redraw(
      tx,
      refused.map(({ proposalId }) => proposalId),
    )
    await closeIfOver({ tx, clock, bulks }, bulkId)
  })
  await drawBulk(deps, bulkId)
}
