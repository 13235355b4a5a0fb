import type { Db } from '#platform'
import { whyNotAlone } from './autonomy/why-not-alone.ts'
import { checkMail } from './check-mail.ts'
import type { ProposalsDeps } from './deps.ts'
import type { Problem } from './problem.ts'
import type { DecisionProblem } from './proposal.ts'
import { figuresProblem } from './run-action.ts'
import { isMail, type MailAction, readProposal, type StoredProposal } from './store.ts'

/** Why an approved reply must not go out as it stands, when the world moved on since: its recipients, its files, its figures. */
export async function outdatedMail(db: Db, deps: ProposalsDeps, proposal: StoredProposal, action: MailAction): Promise<DecisionProblem[]> {
  const problems = await checkMail(db, { ...proposal, messageId: action.messageId ?? proposal.messageId }, action.payload)
  const problem = await figuresProblem(db, deps, proposal, action.payload.needsFreshLedger)
  return problem ? [...problems, { ...problem, actionId: action.id }] : problems
}

/** Why the reply of this action must not leave now; none when it may. */
export async function whyNotLeave(deps: ProposalsDeps, actionId: number): Promise<Problem[]> {
  const row = await deps.client.proposedAction.findUnique({ where: { id: actionId }, select: { proposalId: true } })
  const proposal = row && (await readProposal(deps.client, row.proposalId))
  const action = proposal?.actions.find(({ id }) => id === actionId)
  if (!proposal || !action || !isMail(action)) return []
  const ended = proposal.decidedById === null ? await whyNotAlone(deps.client, deps, proposal) : undefined
  if (ended) return [ended]
  if (await isMovedAway(deps.client, { actionId }, proposal.debtorId)) return [{ code: 'moved_away' }]
  if (await isHardStopped(deps.client, proposal)) return [{ code: 'insolvent' }]
  return outdatedMail(deps.client, deps, proposal, action)
}

type Decided = Pick<StoredProposal, 'debtorId' | 'decidedAt' | 'decidedById'>

/** Whether the debtor was found insolvent after a person approved this, or, where Duncan decided alone, at all. */
export async function isHardStopped(db: Db, { debtorId, decidedAt, decidedById }: Decided): Promise<boolean> {
  if (debtorId === null) return false
  const stands = await db.dunningHold.count({ where: { debtorId, reason: 'insolvency', endedAt: null } })
  if (stands === 0 || decidedById === null) return stands > 0
  const since = { gte: decidedAt ?? new Date(0) }
  const placed = { kind: 'place_hold', status: 'done', finishedAt: since, payload: { path: ['reason'], equals: 'insolvency' }, proposal: { debtorId } }
  return (await db.proposedAction.count({ where: placed })) > 0
}

/** Whether the conversation of a mail was moved away, with the mail in it, from the debtor whose figures it holds. */
export async function isMovedAway(db: Db, where: { actionId: number } | { entryId: number }, debtorId: number | null): Promise<boolean> {
  const mail = await db.outboundMail.findUnique({ where, select: { debtorId: true } })
  return mail !== null && debtorId !== null && mail.debtorId !== debtorId
}
