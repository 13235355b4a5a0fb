import type { Staff } from '#people'
import { type Db, fromInstant } from '#platform'
import { keepApproved } from './autonomy/keep-cases.ts'
import { undoSeconds } from './autonomy/undo-window.ts'
import type { ProposalsDeps } from './deps.ts'
import { actionExecute } from './jobs.ts'
import { undecided } from './propose.ts'
import type { StoredAction, StoredProposal } from './store.ts'
import { endUndecidedHold } from './undecided-hold.ts'

/** `by`: who approved; null: Duncan alone. */
type Approving = { tx: Db; deps: ProposalsDeps; proposal: StoredProposal; by: Staff | null }

/** What an approval runs. */
export const toRun = ({ actions }: StoredProposal): StoredAction[] => actions.filter(({ status, ticked }) => status === 'pending' && ticked)

/** Approves a proposal as it stands, enqueues what is ticked and skips the rest; undefined when somebody was faster. */
export async function approveNow({ tx, deps, proposal: before, by }: Approving): Promise<StoredProposal | undefined> {
  const approval = { decidedAt: fromInstant(deps.clock.now()), decidedById: by?.id ?? null, undoSeconds: await undoSeconds(tx, deps, before) }
  const { count } = await tx.proposal.updateMany({
    where: { id: before.id, status: { in: [...undecided] } },
    data: { status: 'approved', ...approval, snoozedUntil: null },
  })
  if (count === 0) return undefined
  if (by) await keepApproved({ tx, deps, proposal: before, staffId: by.id })
  const proposal = { ...before, status: 'approved' as const, ...approval }
  const running = toRun(proposal)
  for (const { id } of running) await deps.queue.send(tx, actionExecute, { actionId: id })
  const skipped = proposal.actions.filter(({ status, ticked }) => status === 'pending' && !ticked).map(({ id }) => id)
  if (skipped.length > 0) await tx.proposedAction.updateMany({ where: { id: { in: skipped } }, data: { status: 'skipped', finishedAt: approval.decidedAt } })
  // Where something runs, the hold outlives the decision; its last action ends it.
  if (running.length === 0) await endUndecidedHold(tx, proposal.id, approval.decidedAt)
  return proposal
}
