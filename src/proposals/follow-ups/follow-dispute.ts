import type { ProposalsDeps } from '../deps.ts'
import { dueDisputes } from './due-follow-ups.ts'
import { openFollowUp } from './follow-up.ts'
import { refreshFollowUps } from './refresh-follow-ups.ts'

/**
 * Follows what was decided on a dispute: the mail that tells its debtor waits for a decision, once for each end; one that waits for an end that was
 * taken back is over.
 */
export async function followDispute(deps: ProposalsDeps, disputeId: number): Promise<void> {
  const { client } = deps
  const dispute = await client.dispute.findUnique({ where: { id: disputeId }, select: { debtorId: true } })
  if (!dispute) return
  await refreshFollowUps(deps, [dispute.debtorId])
  for (const due of await dueDisputes(client, { id: disputeId })) await openFollowUp(deps, due)
}
