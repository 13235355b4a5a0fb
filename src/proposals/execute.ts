import { DuncanError, fromInstant, recordAudit } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { proposalChanged } from './jobs.ts'
import { type Problem, problemsOf } from './problem.ts'
import { transaction } from './propose.ts'
import { runAction } from './run-action.ts'
import { lockProposal } from './store.ts'
import { endUndecidedHold } from './undecided-hold.ts'

/**
 * Carries an action of an approved proposal out, once however often it is called: the claim, the change, its result and the audit
 * row share one transaction. What its kind refuses makes it `failed`, for a person to see; any other fault is thrown, to be tried again.
 */
export async function execute(deps: ProposalsDeps, actionId: number): Promise<void> {
  try {
    await deps.client.$transaction(async tx => {
      const proposalId = (await tx.proposedAction.findUnique({ where: { id: actionId }, select: { proposalId: true } }))?.proposalId
      if (proposalId === undefined) return
      const claimed = await claim(tx, deps, proposalId, actionId)
      if (!claimed) return
      await runAction(tx, deps, claimed.proposal, claimed.action, 'duncan')
      await endUndecidedHold(tx, proposalId, fromInstant(deps.clock.now()))
      await deps.queue.send(tx, proposalChanged, { proposalId })
    }, transaction)
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    deps.log.warn({ action: actionId, code: error.code }, 'an action was refused')
    await failAction(deps, actionId, problemsOf(error))
  }
}

/** The action, if it is still to be done and nobody else has it. */
async function claim(tx: Parameters<typeof lockProposal>[0], deps: ProposalsDeps, proposalId: number, actionId: number) {
  const proposal = await lockProposal(tx, proposalId)
  if (proposal?.status !== 'approved') return undefined
  const { count } = await tx.proposedAction.updateMany({
    where: { id: actionId, proposalId, status: 'pending' },
    data: { status: 'claimed', claimedAt: fromInstant(deps.clock.now()) },
  })
  const action = proposal.actions.find(({ id }) => id === actionId)
  return count === 1 && action ? { proposal, action } : undefined
}

/** Records that an action will not be done, and why; nothing when it was done or taken back. Also for a job that is dead. */
export async function failAction(deps: ProposalsDeps, actionId: number, problems: readonly Problem[]): Promise<void> {
  await deps.client.$transaction(async tx => {
    const { count } = await tx.proposedAction.updateMany({
      // An approval that was taken back has its actions pending again: the job of the first one says nothing about them.
      where: { id: actionId, status: { in: ['pending', 'claimed'] }, proposal: { status: 'approved' } },
      data: { status: 'failed', problem: [...problems], finishedAt: fromInstant(deps.clock.now()) },
    })
    if (count === 0) return
    const { proposalId, kind } = await tx.proposedAction.findUniqueOrThrow({ where: { id: actionId }, select: { proposalId: true, kind: true } })
    await recordAudit(tx, { actor: 'duncan', event: 'action.failed', subject: `action:${actionId}`, detail: { proposal: proposalId, kind } })
    await endUndecidedHold(tx, proposalId, fromInstant(deps.clock.now()))
    await deps.queue.send(tx, proposalChanged, { proposalId })
  }, transaction)
}
