import { handDisputeOver } from '#ledger'
import { debtorsInSight, may, type Staff, sightOf } from '#people'
import { type Db, fromInstant, recordAudit } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { isId } from '../store.ts'

/** `staffId`: who hands it over. */
export type HandOver = { disputeId: number; staffId: number; ownerId: number; surface: string }

/** Those who may see to a dispute of this debtor. */
export async function disputeOwners(db: Db, debtorId: number): Promise<Staff[]> {
  const staff = await db.staff.findMany({ where: { active: true }, orderBy: { name: 'asc' } })
  const able: Staff[] = []
  for (const person of staff)
    if (may(person, 'decide') && (await db.debtor.count({ where: { id: debtorId, ...debtorsInSight(sightOf(person)) } }))) able.push(person)
  return able
}

/** Gives an open dispute in somebody's sight to a colleague who sees it, too; false when that cannot be, or it is theirs already. */
export async function handOver(
  { client, clock }: Pick<ProposalsDeps, 'client' | 'clock'>,
  { disputeId, staffId, ownerId, surface }: HandOver,
): Promise<boolean> {
  const [person, owner] = [await client.staff.findUnique({ where: { id: staffId } }), await client.staff.findUnique({ where: { id: ownerId } })]
  if (!person?.active || !owner?.active || !may(person, 'decide') || !may(owner, 'decide') || !isId(disputeId)) return false
  return client.$transaction(async tx => {
    for (const seeing of [person, owner]) {
      const seen = await tx.dispute.count({ where: { id: disputeId, debtor: debtorsInSight(sightOf(seeing)) } })
      if (seen === 0) return false
    }
    if (!(await handDisputeOver(tx, disputeId, { ownerId, staffId, at: fromInstant(clock.now()) }))) return false
    await recordAudit(tx, { actor: `staff:${staffId}`, event: 'dispute.handed_over', subject: `dispute:${disputeId}`, detail: { owner: ownerId, surface } })
    return true
  })
}
