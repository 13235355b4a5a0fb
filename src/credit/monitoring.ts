import type { Temporal } from 'temporal-polyfill'
import { type Clock, type Db, type DbClient, fromInstant, Prisma, recordAudit } from '#platform'
import type { NumberRules } from './bureaus/number-rules.ts'
import { type GapReason, gapReasons, lookUpKey } from './identify.ts'
import type { CreditRules } from './rules.ts'
import { isInScope, scopedDebtors, wantsMonitoring } from './scope.ts'

export type MonitoringView = {
  /** By a person's word, or by the scope of the settings. */
  isWanted: boolean
  /** What a person said of it, whatever the scope; null: nobody did. */
  wish: boolean | null
  company: { name: string; monitoring: string; monitoredSince: Date | null; isChosen: boolean } | undefined
  gap: GapReason | undefined
}

/** Whether a debtor is to be monitored and is, as far as the last night came; undefined when there is no such debtor. */
export async function viewMonitoring(db: Db, rules: CreditRules, today: Temporal.PlainDate, debtorId: number): Promise<MonitoringView | undefined> {
  const [row] = await db.$queryRaw<{ isWanted: boolean; wish: boolean | null; gap: GapReason | null }[]>`
    SELECT ${wantsMonitoring(rules, today)} AS "isWanted", w.wanted AS wish, g.reason AS gap
    FROM "Debtor" d LEFT JOIN "CreditWish" w ON w."debtorId" = d.id LEFT JOIN "CreditGap" g ON g."debtorId" = d.id WHERE d.id = ${debtorId}`
  if (!row) return undefined
  const link = await db.creditLink.findUnique({ where: { debtorId }, include: { company: true } })
  const company = link && {
    name: link.company.name,
    monitoring: link.company.monitoring,
    monitoredSince: link.company.monitoredSince,
    isChosen: link.source === 'chosen',
  }
  return { isWanted: row.isWanted, wish: row.wish, company: company ?? undefined, gap: row.gap ?? undefined }
}

/** Of the debtors that somebody wants monitored: newly so, so already, and those that it does nothing for yet, by the reason. */
export type WishOutcome = { added: number; already: number; reasons: { reason: GapReason; count: number }[] }

type WishDeps = { client: DbClient; clock: Clock; rules: CreditRules; numbers: NumberRules; timeZone: string }
export type Wish = { debtorIds: readonly number[]; wanted: boolean; staff: { id: number }; surface: string }

/** Keeps a person's word on which debtors are monitored; the next night acts on it. Where the scope says the same, its word is enough. */
export async function setMonitoring({ client, clock, rules, numbers, timeZone }: WishDeps, { debtorIds, wanted, staff, surface }: Wish): Promise<WishOutcome> {
  const today = clock.today(timeZone)
  const ids = [...debtorIds]
  const at = fromInstant(clock.now())
  return client.$transaction(async tx => {
    const before = await tx.$queryRaw<{ id: number }[]>`SELECT d.id FROM "Debtor" d WHERE d.id = ANY(${ids}) AND ${wantsMonitoring(rules, today)}`
    await tx.$executeRaw`DELETE FROM "CreditWish" WHERE "debtorId" = ANY(${ids})`
    await tx.$executeRaw`
      INSERT INTO "CreditWish" ("debtorId", wanted, "staffId", at) SELECT d.id, ${wanted}, ${staff.id}, ${at} FROM "Debtor" d
      WHERE d.id = ANY(${ids}) AND NOT (${wanted} AND ${isInScope(rules, today)})`
    const subject = ids.length === 1 ? `debtor:${ids[0]}` : 'debtors'
    const detail = { wanted, surface, ...(ids.length !== 1 && { debtors: ids }) }
    await recordAudit(tx, { actor: `staff:${staff.id}`, event: 'credit.monitoring_set', subject, detail })
    return outcomeOf(tx, ids, new Set(before.map(({ id }) => id)))
  })

  async function outcomeOf(tx: Db, wished: number[], before: Set<number>): Promise<WishOutcome> {
    const debtors = await scopedDebtors(tx, Prisma.sql`d.id = ANY(${wished})`)
    const known = await tx.creditGap.findMany({ where: { debtorId: { in: wished } }, select: { debtorId: true, reason: true, number: true } })
    const gaps = new Map(known.map(gap => [gap.debtorId, gap]))
    const reasons = new Map<GapReason, number>()
    let [added, already] = [0, 0]
    for (const debtor of debtors) {
      const told = lookUpKey(debtor, { rules, numbers })
      const gap = gaps.get(debtor.id)
      const asked = gap && 'key' in told && gap.number === told.key ? gapReasons.find(reason => reason === gap.reason) : undefined
      const reason = debtor.linkedMonitoring && debtor.linkedMonitoring !== 'gone' ? undefined : 'reason' in told ? told.reason : asked
      if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      else if (before.has(debtor.id)) already += 1
      else added += 1
    }
    return { added, already, reasons: [...reasons].map(([reason, count]) => ({ reason, count })).toSorted((one, other) => other.count - one.count) }
  }
}
