import { type Clock, type DbClient, fromInstant, recordAudit } from '#platform'
import { type Candidate, candidatesOf } from '../parties/candidate.ts'
import { linkChosen, lockParty } from '../parties/link-company.ts'
import { forgetDeclined, markOf } from './declined.ts'

type Deps = { client: DbClient; clock: Clock }
type By = { staff: { id: number }; surface: string }

/**
 * Makes one of the candidates the debtor's company, because a person says so. False when it is no candidate any more: somebody else
 * decided, or the number is another one.
 */
export async function chooseCompany({ client, clock }: Deps, { debtorId, companyId, ...by }: By & { debtorId: number; companyId: string }): Promise<boolean> {
  return client.$transaction(async tx => {
    await lockParty(tx, debtorId)
    const gap = await tx.creditGap.findUnique({ where: { debtorId } })
    const candidate = candidatesOf(gap?.candidates).find(each => each.companyId === companyId)
    if (!gap || !candidate) return false
    await linkChosen(tx, clock, { debtorId, number: gap.number, ...by }, candidate)
    return true
  })
}

/** Notes that none of the candidates is the debtor: nobody is asked again while the number and the candidates are the same. `shown`: as they stood on the card. */
export async function declineCandidates(
  { client, clock }: Deps,
  { debtorId, shown, staff, surface }: By & { debtorId: number; shown: string },
): Promise<boolean> {
  return client.$transaction(async tx => {
    await lockParty(tx, debtorId)
    const gap = await tx.creditGap.findUnique({ where: { debtorId } })
    if (!gap || markOf(gap) !== shown || gap.declined === shown) return false
    const declinedBy = `staff:${staff.id}`
    await tx.creditGap.update({ where: { debtorId }, data: { declined: shown, declinedBy, declinedAt: fromInstant(clock.now()) } })
    await recordAudit(tx, { actor: declinedBy, event: 'credit.candidates_declined', subject: `debtor:${debtorId}`, detail: { reason: gap.reason, surface } })
    return true
  })
}

/** Keeps what a search by hand found as the candidates of a debtor that has no company; false when it has one by now. */
export async function keepCandidates({ client, clock }: Deps, debtorId: number, candidates: Candidate[]): Promise<boolean> {
  return client.$transaction(async tx => {
    await lockParty(tx, debtorId)
    if ((await tx.creditLink.count({ where: { debtorId, company: { monitoring: { not: 'gone' } } } })) > 0) return false
    const known = await tx.creditGap.findUnique({ where: { debtorId } })
    const found = { reason: 'several', detail: null, candidates, number: known?.number ?? null, checkedAt: fromInstant(clock.now()) }
    await tx.creditGap.upsert({ where: { debtorId }, create: { debtorId, ...found }, update: { ...found, ...forgetDeclined(known, found) } })
    return true
  })
}

/** Takes a company that a person chose away from the debtor again; false when it was not a person's choice. */
export async function dropChoice({ client }: Deps, { debtorId, staff, surface }: By & { debtorId: number }): Promise<boolean> {
  return client.$transaction(async tx => {
    await lockParty(tx, debtorId)
    const link = await tx.creditLink.findUnique({ where: { debtorId } })
    if (link?.source !== 'chosen') return false
    await tx.creditLink.delete({ where: { debtorId } })
    const detail = { company: link.companyId, surface }
    await recordAudit(tx, { actor: `staff:${staff.id}`, event: 'credit.company_dropped', subject: `debtor:${debtorId}`, detail })
    return true
  })
}
