import { noteChange } from '#dunning'
import { cancelMail } from '#mail'
import { coversToday } from '#people'
import { fromInstant, recordAudit } from '#platform'
import { callBack } from './autonomy/call-back.ts'
import type { ProposalsDeps } from './deps.ts'
import { refreshFollowUps } from './follow-ups/refresh-follow-ups.ts'
import { proposalChanged, proposalReminder } from './jobs.ts'
import type { Problem } from './problem.ts'
import { transaction, undecided } from './propose.ts'
import { statementProblem } from './run-action.ts'
import { isMail, lockProposal } from './store.ts'

/**
 * Follows new payments of these debtors: cards of their undecided proposals are drawn anew, with what the bank says to a claim "already
 * paid" and what is open as of now; approved replies that wait to leave and are wrong now are stopped at once, and their owners told; what Duncan approved alone
 * comes back to people whatever the payment is.
 */
export async function paymentsChanged(deps: ProposalsDeps, debtorIds: number[]): Promise<void> {
  const { client, queue } = deps
  const where = { debtorId: { in: debtorIds } }
  await noteChange(client, debtorIds)
  const proposals = await client.proposal.findMany({ where: { ...where, status: { in: [...undecided] } }, select: { id: true } })
  for (const { id } of proposals) await queue.send(client, proposalChanged, { proposalId: id })
  const waiting = await client.proposedAction.findMany({
    where: { status: 'scheduled', proposal: { ...where, status: 'approved', decidedById: { not: null } } },
    select: { id: true, proposalId: true },
  })
  for (const { id, proposalId } of waiting) await stopIfWrong(deps, proposalId, id)
  await client.$transaction(tx => callBack(tx, deps, { debtorIds }, 'payment'), transaction)
  await refreshFollowUps(deps, debtorIds)
}

/** Takes an approved reply back whose figures do not stand any more; what leaves at this very moment asks the same (`whyNotLeave`). */
async function stopIfWrong(deps: ProposalsDeps, proposalId: number, actionId: number): Promise<void> {
  const { client, queue, clock, config } = deps
  const covers = await coversToday(client, clock, config.DUNCAN_TIME_ZONE)
  await client.$transaction(async tx => {
    const proposal = await lockProposal(tx, proposalId)
    const action = proposal?.actions.find(({ id, status }) => id === actionId && status === 'scheduled')
    if (!proposal || !action || !isMail(action)) return
    const problem = await statementProblem(tx, deps, proposal)
    const mail = problem && (await tx.outboundMail.findUnique({ where: { actionId }, select: { id: true } }))
    if (!problem || !mail || !(await cancelMail(tx, mail.id))) return
    const stopped: Problem[] = [{ code: 'stopped' }, problem]
    const data = { status: 'failed', problem: stopped, finishedAt: fromInstant(clock.now()), scheduledFor: null }
    await tx.proposedAction.update({ where: { id: actionId }, data })
    await recordAudit(tx, {
      actor: 'duncan',
      event: 'action.failed',
      subject: `action:${actionId}`,
      detail: { proposal: proposalId, kind: action.kind, why: problem.code },
    })
    await queue.send(tx, proposalChanged, { proposalId })
    const owner = proposal.ownerId ?? proposal.decidedById
    if (owner !== null) await queue.send(tx, proposalReminder, { proposalId, staffId: covers.get(owner) ?? owner })
  }, transaction)
}
