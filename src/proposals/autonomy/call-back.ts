import { type Db, fromInstant } from '#platform'
import { writeDecision } from '../deciding.ts'
import type { ProposalsDeps } from '../deps.ts'
import { proposalChanged } from '../jobs.ts'
import { asJson, lockProposal } from '../store.ts'
import { takeDecisionBack } from '../undo.ts'
import { ownSurface } from './decide-alone.ts'

/**
 * Takes back what Duncan decided alone and what has not left yet, since something came that it did not know: people are asked then. A mail
 * that is leaving at this moment asks the same itself (`whyNotLeave`). Returns how many came back.
 */
export async function callBack(
  tx: Db,
  deps: ProposalsDeps,
  of: { threadId?: number | null; debtorId?: number | null },
  why: 'mail' | 'payment',
): Promise<number> {
  const same = [...(of.threadId ? [{ threadId: of.threadId }] : []), ...(of.debtorId ? [{ debtorId: of.debtorId }] : [])]
  if (same.length === 0) return 0
  const waiting = await tx.proposal.findMany({
    where: { status: 'approved', decidedById: null, OR: same, actions: { some: { status: { in: ['scheduled', 'pending', 'claimed'] } } } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  let count = 0
  for (const { id } of waiting) {
    const proposal = await lockProposal(tx, id)
    if (proposal?.status !== 'approved' || !proposal.autonomy) continue
    // Its mails come first: where one has left nothing else is touched.
    const undone = await takeDecisionBack(tx, deps, proposal, 'duncan')
    if (!undone) continue
    const calledBack = { why, at: fromInstant(deps.clock.now()).toISOString() }
    await tx.proposal.update({ where: { id }, data: { autonomy: asJson({ ...proposal.autonomy, level: 'ask', calledBack }) } })
    const request = { kind: 'undo' as const, surface: ownSurface }
    await writeDecision({ tx, deps, proposal, person: null, request }, { detail: { why, actions: undone.map(action => action.id) } })
    await deps.queue.send(tx, proposalChanged, { proposalId: id })
    count += 1
  }
  return count
}
