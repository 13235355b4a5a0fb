import { may, sightOf } from '#people'
import { writeDecision } from '../deciding.ts'
import type { ProposalsDeps } from '../deps.ts'
import { proposalsInSight } from '../in-sight.ts'
import { proposalChanged } from '../jobs.ts'
import type { DecisionOutcome } from '../proposal.ts'
import { transaction } from '../propose.ts'
import { lockProposal } from '../store.ts'
import { keepFault } from './keep-cases.ts'

type Report = { proposalId: number; staffId: number; surface: string }

/** Takes a person's word that what Duncan decided alone was wrong, however late: Duncan asks about its like again. Nothing is undone by it. */
export function reportWrong(deps: ProposalsDeps, { proposalId, staffId, surface }: Report): Promise<DecisionOutcome> {
  return deps.client.$transaction<DecisionOutcome>(async tx => {
    const proposal = await lockProposal(tx, proposalId)
    const person = await tx.staff.findUnique({ where: { id: staffId } })
    if (!proposal || !person?.active) return { kind: 'not_found' }
    if (!(await proposalsInSight(tx, sightOf(person), [proposalId])).has(proposalId)) return { kind: 'not_found' }
    if (!may(person, 'decide')) return { kind: 'not_allowed', why: 'no_right' }
    if (proposal.status !== 'approved' || proposal.decidedById !== null) {
      return { kind: 'invalid', problems: [{ code: 'not_alone' }] }
    }
    await keepFault(
      { tx, deps, proposal, staffId },
      proposal.actions.filter(({ status }) => status !== 'skipped' && status !== 'undone'),
      'wrong',
    )
    await writeDecision({ tx, deps, proposal, person, request: { kind: 'wrong', surface } }, {})
    await deps.queue.send(tx, proposalChanged, { proposalId })
    return { kind: 'decided', status: proposal.status, undoUntil: null }
  }, transaction)
}
