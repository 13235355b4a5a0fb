import type { Night } from './night.ts'
import { wantsMonitoring } from './scope.ts'

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

/** What came of a run, counted in debtors: each stands in one of the counts. */
export async function countNight({ client, clock, rules, timeZone, bureau, runId }: Night): Promise<NightCounts> {
  const [counts] = await client.$queryRaw<NightCounts[]>`
    WITH debtors AS (
      SELECT CASE WHEN c.id IS NULL AND g."debtorId" IS NULL THEN 'failed' WHEN c.id IS NULL THEN 'not_monitored' WHEN c.monitoring = 'gone' THEN 'gone' ELSE COALESCE(r.outcome, 'unchanged') END AS outcome
      FROM "Debtor" d
      LEFT JOIN "CreditLink" l ON l."debtorId" = d.id LEFT JOIN "CreditCompany" c ON c.id = l."companyId" AND c.bureau = ${bureau.name}
      LEFT JOIN "CreditGap" g ON g."debtorId" = d.id
      LEFT JOIN "CreditRunCompany" r ON r."companyId" = c.id AND r."runId" = ${runId}
      WHERE ${wantsMonitoring(rules, clock.today(timeZone))})
    SELECT count(*)::int AS "inScope", count(*) FILTER (WHERE outcome = 'changed')::int AS changed, count(*) FILTER (WHERE outcome = 'unchanged')::int AS unchanged,
      count(*) FILTER (WHERE outcome IN ('failed', 'due'))::int AS failed, count(*) FILTER (WHERE outcome = 'over_quota')::int AS "overQuota",
      count(*) FILTER (WHERE outcome = 'gone')::int AS gone, count(*) FILTER (WHERE outcome = 'not_monitored')::int AS "notMonitored"
    FROM debtors`
  if (!counts) throw new RangeError('counting gave no row')
  return counts
}
