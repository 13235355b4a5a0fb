import type { Db } from '#platform'
import { checkMail } from './check-mail.ts'
import type { Problem } from './proposal.ts'
import { isMail, type StoredProposal } from './store.ts'

/** Why the ticked mails of a proposal may not be approved as they stand: nothing is written yet, or they may not leave. */
export async function mailProblems(tx: Db, proposal: StoredProposal): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const action of proposal.actions.filter(isMail)) {
    if (!action.ticked || action.status !== 'pending') continue
    if (action.payload.template === 'blank' && !action.edited)
      problems.push({ code: 'empty', text: 'The reply has only a greeting and a closing: write the answer first.', actionId: action.id })
    const found = await checkMail(tx, { ...proposal, messageId: action.messageId ?? proposal.messageId }, action.payload)
    problems.push(...found.map(problem => ({ ...problem, actionId: action.id })))
  }
  return problems
}
