import { resolveUnknown, type UnknownVerdict } from '#mail'
import { fromInstant, Prisma, recordAudit } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { followMail } from './follow-mail.ts'
import { outdatedMail } from './outdated-mail.ts'
import type { DecisionOutcome } from './proposal.ts'
import { isMail } from './store.ts'
import { type ActionClick, onAction } from './undo.ts'

/**
 * Follows what a person says of a mail of which it is not known whether it left: it did; it did not, send it again; it did not, and
 * nothing more shall come of it. A mail that failed can be sent again, too. The mail, its action, the decision and the audit trail
 * change together.
 */
export function settleUnknown(deps: ProposalsDeps, click: ActionClick, verdict: UnknownVerdict): Promise<DecisionOutcome> {
  return onAction(deps, click, 'settle', async ({ tx, proposal, action, actor }) => {
    const mail = await tx.outboundMail.findUnique({ where: { actionId: action.id }, select: { id: true } })
    const isOpen = action.status === 'unknown' || (action.status === 'failed' && verdict === 'resend')
    if (isOpen && mail && verdict === 'resend' && isMail(action)) {
      const problems = await outdatedMail(tx, deps, proposal, action)
      if (problems.length > 0) return { kind: 'invalid', problems }
    }
    const isSettled = isOpen && mail !== null && (await resolveUnknown(tx, deps, mail.id, verdict, click.staffId))
    if (!isSettled) return { kind: 'already_decided', status: proposal.status, by: 'duncan', at: action.finishedAt }
    if (verdict !== 'resend') {
      await followMail(tx, deps, mail.id, actor)
      return undefined
    }
    const again = { status: 'scheduled', scheduledFor: fromInstant(deps.clock.now()), finishedAt: null, problem: Prisma.DbNull }
    await tx.proposedAction.update({ where: { id: action.id }, data: again })
    await recordAudit(tx, { actor, event: 'action.scheduled', subject: `action:${action.id}`, detail: { proposal: proposal.id, kind: action.kind } })
    return undefined
  })
}
