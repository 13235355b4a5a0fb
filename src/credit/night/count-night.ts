import { isMonitoredAt } from '../scope.ts'
import type { Night } from './run-night.ts'

/** Debtors in scope by what came of them; the others add up to `inScope`. */
export type NightCounts = {
  inScope: number
  changed: number
  unchanged: number
  failed: number
  overQuota: number
  /** The bureau has the company no more. */
  gone: number
  /** No company could be told by the number. */
  notMonitored: number
}

/** What came of a run, counted in debtors of each administration: each stands in one of the counts. */
export async function countNight({ client, clock, rules, timeZone, bureau, runId }: Night): Promise<(NightCounts & { administrationId: number })[]> {
  return client.$queryRaw`
    WITH debtors AS (
      SELECT d."administrationId", CASE WHEN c.id IS NULL AND g."debtorId" IS NULL THEN 'failed' WHEN c.id IS NULL THEN 'not_monitored' WHEN c.monitoring = 'gone' THEN 'gone'
        ELSE COALESCE(r.outcome, 'unchanged') END AS outcome
      FROM "Debtor" d
      LEFT JOIN "CreditLink" l ON l."debtorId" = d.id LEFT JOIN "CreditCompany" c ON c.id = l."companyId" AND c.bureau = ${bureau.name}
      LEFT JOIN "CreditGap" g ON g."debtorId" = d.id
      LEFT JOIN "CreditRunCompany" r ON r."companyId" = c.id AND r."runId" = ${runId}
      WHERE ${isMonitoredAt(rules, clock.today(timeZone), bureau.name)})
    SELECT "administrationId", count(*)::int AS "inScope",
      count(*) FILTER (WHERE outcome = 'changed')::int AS changed, count(*) FILTER (WHERE outcome = 'unchanged')::int AS unchanged,
      count(*) FILTER (WHERE outcome IN ('failed', 'due'))::int AS failed, count(*) FILTER (WHERE outcome = 'over_quota')::int AS "overQuota",
      count(*) FILTER (WHERE outcome = 'gone')::int AS gone, count(*) FILTER (WHERE outcome = 'not_monitored')::int AS "notMonitored"
    FROM debtors GROUP BY 1 ORDER BY 1`
}

/** What came of a run that could not be: all its debtors failed. */
export async function countFailed({
  client,
  clock,
  rules,
  timeZone,
  bureau,
}: Omit<Night, 'bureau' | 'runId' | 'numbers' | 'log'> & { bureau: { name: string } }): Promise<(NightCounts & { administrationId: number })[]> {
  return client.$queryRaw`
    SELECT d."administrationId", count(*)::int AS "inScope", 0 AS changed, 0 AS unchanged, count(*)::int AS failed, 0 AS "overQuota", 0 AS gone, 0 AS "notMonitored"
    FROM "Debtor" d WHERE ${isMonitoredAt(rules, clock.today(timeZone), bureau.name)} GROUP BY 1 ORDER BY 1`
}

/** The counts of all administrations together. */
export const totalOf = (counts: readonly NightCounts[]): NightCounts =>
  counts.reduce(
    (sum, each) => ({
      inScope: sum.inScope + each.inScope,
      changed: sum.changed + each.changed,
      unchanged: sum.unchanged + each.unchanged,
      failed: sum.failed + each.failed,
      overQuota: sum.overQuota + each.overQuota,
      gone: sum.gone + each.gone,
      notMonitored: sum.notMonitored + each.notMonitored,
    }),
    { inScope: 0, changed: 0, unchanged: 0, failed: 0, overQuota: 0, gone: 0, notMonitored: 0 },
  )
