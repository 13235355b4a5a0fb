import type { Clock, DbClient } from '#platform'
import type { CreditRules } from './rules.ts'
import { wantsMonitoring } from './scope.ts'

export type CreditStatus = {
  /** `no_login`: it is on, and nobody gave a user name; `refused`: the bureau does not take it. */
  state: 'off' | 'no_login' | 'refused' | 'waiting' | 'active'
  activeSince: Date | undefined
  lastRun: { startedAt: Date; finishedAt: Date | undefined; counts: unknown } | undefined
  /** Debtors in scope, and how many of them have a company that is watched. */
  inScope: number
  monitored: number
  gaps: { reason: string; count: number }[]
  /** Paid reports that were asked for in this calendar year. */
  reportsThisYear: number
}

type StatusDeps = { client: DbClient; clock: Clock; rules: CreditRules; timeZone: string; hasLogin: boolean }

/** How credit monitoring stands. */
export async function creditStatus({ client, clock, rules, timeZone, hasLogin }: StatusDeps): Promise<CreditStatus> {
  const today = clock.today(timeZone)
  const [account, last, gaps, reportsThisYear, [coverage]] = await Promise.all([
    client.creditAccount.findUnique({ where: { bureau: 'creditsafe' } }),
    client.creditRun.findFirst({ orderBy: { id: 'desc' } }),
    client.creditGap.groupBy({ by: ['reason'], _count: true, orderBy: { reason: 'asc' } }),
    client.creditOrder.count({ where: { outcome: { in: ['stored', 'unsure'] }, askedAt: { gte: new Date(`${today.year}-01-01T00:00:00Z`) } } }),
    client.$queryRaw<{ inScope: number; monitored: number }[]>`
      SELECT count(*)::int AS "inScope", count(*) FILTER (WHERE c.monitoring = 'monitored')::int AS monitored
      FROM "Debtor" d LEFT JOIN "CreditLink" l ON l."debtorId" = d.id LEFT JOIN "CreditCompany" c ON c.id = l."companyId"
      WHERE ${wantsMonitoring(rules, today)}`,
  ])
  const isRefused = account?.refusedLogin !== null && account?.refusedLogin !== undefined
  const state = !rules.on ? 'off' : !hasLogin ? 'no_login' : isRefused ? 'refused' : account?.activeSince ? 'active' : 'waiting'
  return {
    state,
    activeSince: account?.activeSince ?? undefined,
    lastRun: last ? { startedAt: last.startedAt, finishedAt: last.finishedAt ?? undefined, counts: last.counts } : undefined,
    inScope: coverage?.inScope ?? 0,
    monitored: coverage?.monitored ?? 0,
    gaps: gaps.map(({ reason, _count }) => ({ reason, count: _count })),
    reportsThisYear,
  }
}
