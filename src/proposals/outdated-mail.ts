import { type Db, DuncanError } from '#platform'
import { checkMail } from './check-mail.ts'
import type { ProposalsDeps } from './deps.ts'
import type { Problem } from './proposal.ts'
import { requireCurrentFigures } from './run-action.ts'
import { isMail, type MailAction, readProposal, type StoredProposal } from './store.ts'

/** Why an approved reply must not go out as it stands, when the world moved on since: its recipients, its files, its figures. */
export async function outdatedMail(db: Db, deps: ProposalsDeps, proposal: StoredProposal, action: MailAction): Promise<Problem[]> {
  const problems = await checkMail(db, { ...proposal, messageId: action.messageId ?? proposal.messageId }, action.payload)
  try {
    await requireCurrentFigures(db, deps, proposal, action.payload.needsFreshLedger)
    return problems
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    return [...problems, { code: error.code, text: error.message, actionId: action.id }]
  }
}

/** Why the reply of this action must not leave now, for a person to read; undefined when it may. */
export async function whyNotLeave(deps: ProposalsDeps, actionId: number): Promise<string | undefined> {
  const row = await deps.client.proposedAction.findUnique({ where: { id: actionId }, select: { proposalId: true } })
  const proposal = row && (await readProposal(deps.client, row.proposalId))
  const action = proposal?.actions.find(({ id }) => id === actionId)
  if (!proposal || !action || !isMail(action)) return undefined
  const problems = await outdatedMail(deps.client, deps, proposal, action)
  return problems.length > 0 ? `It was stopped before it left. ${problems.map(({ text }) => text).join(' ')}` : undefined
}
