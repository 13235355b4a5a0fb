import { type Db, fromInstant, type Prisma } from '#platform'
import { writeDecision } from '../deciding.ts'
import type { ProposalsDeps } from '../deps.ts'
import { proposalChanged } from '../jobs.ts'
import { transaction } from '../propose.ts'
import { asJson, lockProposal, type StoredProposal } from '../store.ts'
import { takeDecisionBack } from '../undo.ts'
import { ownSurface } from './decide-alone.ts'
import type { CallBackReason } from './judge-proposal.ts'

/**
 * Takes back what Duncan decided alone in this conversation or for this debtor and what has not left yet, since something came that it did
 * not know: people are asked then. A mail that is leaving at this moment asks the same itself (`whyNotLeave`). Returns how many came back.
 */
export const callBack = (tx: Db, deps: ProposalsDeps, of: { threadId?: number | null; debtorIds: number[] }, why: CallBackReason): Promise<number> =>
  callBackWhere(tx, deps, { OR: [...(of.threadId ? [{ threadId: of.threadId }] : []), { debtorId: { in: of.debtorIds } }] }, () => true, why)

/** Takes back what rests on a grant that ended, as far as it has not left; returns how many came back. */
export const callBackUnder = (deps: ProposalsDeps, grantId: number): Promise<number> =>
  deps.client.$transaction(async tx => {
    const ended = await tx.autonomyGrant.count({ where: { id: grantId, endedAt: { not: null } } })
    const restsOnIt = ({ autonomy }: StoredProposal) => autonomy?.facts.actions.some(action => action.grantId === grantId) ?? false
    return ended === 0 ? 0 : callBackWhere(tx, deps, {}, restsOnIt, 'grant')
  }, transaction)

/** Takes back everything that was decided alone, where nothing is decided alone any more; returns how many came back. */
export const callBackStopped = (deps: ProposalsDeps): Promise<number> =>
  deps.client.$transaction(async tx => (deps.rules().autonomy.on ? 0 : callBackWhere(tx, deps, {}, () => true, 'grant')), transaction)

async function callBackWhere(
  tx: Db,
  deps: ProposalsDeps,
  where: Prisma.ProposalWhereInput,
  isMeant: (proposal: StoredProposal) => boolean,
  why: CallBackReason,
): Promise<number> {
  const waiting = await tx.proposal.findMany({
    where: { ...where, status: 'approved', decidedById: null, actions: { some: { status: { in: ['scheduled', 'pending', 'claimed'] } } } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  let count = 0
  for (const { id } of waiting) {
    const proposal = await lockProposal(tx, id)
    if (proposal?.status !== 'approved' || !proposal.autonomy || !isMeant(proposal)) continue
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
