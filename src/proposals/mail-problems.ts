import type { Db } from '#platform'
import { checkMail } from './check-mail.ts'
import type { DecisionProblem } from './proposal.ts'
import { isMail, type MailAction, type StoredProposal } from './store.ts'

/** Why the ticked mails of a proposal may not be approved as they stand: nothing is written yet, or they may not leave. */
export async function mailProblems(tx: Db, proposal: StoredProposal): Promise<DecisionProblem[]> {
  const problems: DecisionProblem[] = []
  for (const action of proposal.actions.filter(isMail)) {
    if (!action.ticked || action.status !== 'pending') continue
    if (action.payload.template === 'blank' && !action.edited) problems.push({ code: 'greeting_only', actionId: action.id })
    if (confirmsUntickedPlan(action, proposal)) problems.push({ code: 'plan_not_ticked', actionId: action.id })
    const found = await checkMail(tx, { ...proposal, messageId: action.messageId ?? proposal.messageId }, action.payload)
    problems.push(...found.map(problem => ({ ...problem, actionId: action.id })))
  }
  return problems
}

/** A reply of ours must not agree to what nobody agreed to; what a person wrote is theirs. */
const confirmsUntickedPlan = ({ payload, edited }: MailAction, { actions }: StoredProposal): boolean =>
  !edited && payload.template.includes('payment_plan_agreed') && !actions.some(({ kind, ticked }) => kind === 'agree_payment_plan' && ticked)
