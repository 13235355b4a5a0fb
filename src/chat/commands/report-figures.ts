import type { Temporal } from 'temporal-polyfill'
import { debtorInSight, type Sight } from '#people'
import { type DbClient, fromPlainDate, Prisma } from '#platform'
import { proposalInSight } from '#proposals'

/** `collector`: short name of a colleague; only the debtors of theirs then. */
type Scope = { sight: Sight; collector: string | undefined; from: Temporal.PlainDate; today: Temporal.PlainDate }

export type ReportFigures = {
  /** Promises whose day was in the period, and that were decided. */
  promises: { kept: number; decided: number }
  /** Open ones by reason, the most first. */
  disputes: { reason: string; count: number }[]
  /** Proposals that people decided in the period; `minutes`: the median from a proposal to its decision, null without any. */
  decisions: { decided: number; edited: number; rejected: number; minutes: number | null }
}

/** What was promised, disputed and decided since a day, of debtors and mails in sight. */
export async function reportFigures(client: DbClient, { sight, collector, from, today }: Scope): Promise<ReportFigures> {
  const inScope = (debtor: Prisma.Sql) =>
    Prisma.sql`${debtorInSight(sight, debtor)} AND ${
      collector === undefined
        ? Prisma.sql`TRUE`
        : Prisma.sql`EXISTS (SELECT FROM "Debtor" own WHERE own.id = ${debtor} AND lower(own.collector) = ${collector})`
    }`
  const [promises] = await client.$queryRaw<ReportFigures['promises'][]>`
    SELECT (count(*) FILTER (WHERE r.status = 'kept'))::int AS kept, count(*)::int AS decided FROM "PromiseToPay" r
    WHERE r.status IN ('kept', 'partly_kept', 'broken') AND r."promisedOn" BETWEEN ${fromPlainDate(from)}::date AND ${fromPlainDate(today)}::date
      AND ${inScope(Prisma.sql`r."debtorId"`)}`
  const disputes = await client.$queryRaw<ReportFigures['disputes']>`
    SELECT q.reason, count(*)::int AS count FROM "Dispute" q WHERE q.status = 'open' AND ${inScope(Prisma.sql`q."debtorId"`)} GROUP BY 1 ORDER BY 2 DESC, 1`
  const [decisions] = await client.$queryRaw<ReportFigures['decisions'][]>`
    SELECT count(*)::int AS decided, (count(*) FILTER (WHERE p.edited AND p.status = 'approved'))::int AS edited,
      (count(*) FILTER (WHERE p.status = 'rejected'))::int AS rejected,
      (percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM p."decidedAt" - p."createdAt")) / 60)::float8 AS minutes
    FROM "Proposal" p WHERE p.status IN ('approved', 'rejected') AND p."decidedById" IS NOT NULL AND p."decidedAt" >= ${fromPlainDate(from)}
      AND ${proposalInSight(sight, Prisma.raw('p'))} AND ${inScope(Prisma.sql`p."debtorId"`)}`
  return {
    promises: promises ?? { kept: 0, decided: 0 },
    disputes,
    decisions: decisions ?? { decided: 0, edited: 0, rejected: 0, minutes: null },
  }
}
