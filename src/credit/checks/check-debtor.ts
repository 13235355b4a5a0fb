import type { Temporal } from 'temporal-polyfill'
import { type Db, fromInstant } from '#platform'

/** Why a bureau cannot be asked about a debtor: its company is not known, or not watched. */
export type NoCheck = 'not_linked' | 'not_monitored'

/** `fresh`: its newest report is so young that another one would be paid for nothing. `asked`: the next run orders one; it is told by a later run than `afterRun`. */
export type CheckAsked = { kind: 'fresh' } | { kind: 'asked'; companyId: number; afterRun: number } | { kind: 'cannot'; why: NoCheck }

/** What came of it. `unanswered`: the run was over and did not have it. */
export type CheckOutcome = 'waiting' | 'changed' | 'unchanged' | 'over_quota' | 'failed' | 'unanswered'

const freshHours = 24

/** Has the next run at the bureau order a report on a debtor's company, within the quota, as for every other one. */
export async function askForCheck(tx: Db, { debtorId, now }: { debtorId: number; now: Temporal.Instant }): Promise<CheckAsked> {
  const link = await tx.creditLink.findUnique({ where: { debtorId }, include: { company: true } })
  if (!link) return { kind: 'cannot', why: 'not_linked' }
  const { id: companyId, monitoring, reportedAt } = link.company
  if (monitoring !== 'monitored') return { kind: 'cannot', why: 'not_monitored' }
  if (reportedAt && reportedAt >= fromInstant(now.subtract({ hours: freshHours }))) return { kind: 'fresh' }
  await tx.creditCompany.update({ where: { id: companyId }, data: { reportOwed: true } })
  const newest = await tx.creditRun.aggregate({ _max: { id: true } })
  return { kind: 'asked', companyId, afterRun: newest._max.id ?? 0 }
}

/** What a run after that one told of the company. */
export async function checkOutcome(db: Db, { companyId, afterRun }: { companyId: number; afterRun: number }): Promise<CheckOutcome> {
  const [told] = await db.$queryRaw<{ outcome: string | null }[]>`
    SELECT t.outcome FROM "CreditRun" r JOIN "CreditCompany" c ON c.id = ${companyId} AND c.bureau = r.bureau
    LEFT JOIN "CreditRunCompany" t ON t."runId" = r.id AND t."companyId" = c.id
    WHERE r.id > ${afterRun} AND r."finishedAt" IS NOT NULL ORDER BY r.id DESC LIMIT 1`
  if (!told) return 'waiting'
  const known = (['changed', 'unchanged', 'over_quota', 'failed'] as const).find(outcome => outcome === told.outcome)
  return known ?? 'unanswered'
}
