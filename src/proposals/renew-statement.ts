import { amountsIn } from '#drafting'
import type { AnyDeciding } from './deciding.ts'
import { proposalChanged } from './jobs.ts'
import type { DecisionProblem } from './proposal.ts'
import { draftAgain } from './redraft.ts'
import { sectionsAsOfNow } from './statement.ts'
import { asJson, isMail } from './store.ts'

/**
 * Where payments or invoices were imported since a statement, or an answer about a payment, was drafted, drafts it anew and returns why it cannot be approved unseen:
 * the person reads the new figures first. A text that a person wrote stays; from now on it may name the new amounts only.
 */
export async function renewStatement({ tx, deps, proposal }: AnyDeciding): Promise<DecisionProblem[]> {
  const action = proposal.actions.filter(isMail).find(({ status, ticked }) => status === 'pending' && ticked)
  const sections = action && (await sectionsAsOfNow(tx, proposal, deps.clock.today('UTC').toString()))
  if (!action || !sections) return []
  const payload = action.edited ? { ...action.payload, amounts: amountsIn(sections) } : await draftAgain({ tx, deps, proposal }, action, sections)
  await tx.proposedAction.update({ where: { id: action.id }, data: { payload: asJson(payload) } })
  await tx.proposal.update({ where: { id: proposal.id }, data: { basis: asJson({ ...proposal.basis, sections }) } })
  await deps.queue.send(tx, proposalChanged, { proposalId: proposal.id })
  return [{ code: action.edited ? 'old_amounts' : 'drafted_anew', actionId: action.id }]
}
