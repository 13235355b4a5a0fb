import { endPlan } from '#ledger'
import { debtorsInSight, may, sightOf } from '#people'
import { fromInstant, recordAudit } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { releaseHolds } from './follow-ups/release-holds.ts'
import { isId } from './store.ts'

export type PlanEnding = { planId: number; staffId: number; surface: string }

/** Ends a payment plan in somebody's sight by their word, with its holds; false when it stands no more or is not theirs to end. */
export async function endPaymentPlan(deps: Pick<ProposalsDeps, 'client' | 'clock'>, { planId, staffId, surface }: PlanEnding): Promise<boolean> {
  const { client, clock } = deps
  const person = await client.staff.findUnique({ where: { id: staffId } })
  if (!person?.active || !may(person, 'decide') || !isId(planId)) return false
  const isEnded = await client.$transaction(async tx => {
    const plan = await tx.paymentPlan.findFirst({ where: { id: planId, debtor: debtorsInSight(sightOf(person)) }, select: { debtorId: true } })
    if (!plan || !(await endPlan(tx, { id: planId }, 'ended', fromInstant(clock.now())))) return false
    await recordAudit(tx, { actor: `staff:${staffId}`, event: 'plan.ended', subject: `plan:${planId}`, detail: { debtor: plan.debtorId, surface } })
    return true
  })
  if (isEnded) await releaseHolds(deps)
  return isEnded
}
