import { fromInstant, Prisma } from '#platform'
import type { CreditReport } from '../bureaus/bureau.ts'
import { type Criterion, type CriterionValue, criterionValueSchema, isSameValue } from '../values/criteria.ts'
import { solvencyOf } from '../values/normalise.ts'

/** A criterion that is another than before; `before` is undefined for the first value ever. */
export type CriterionChange = { companyId: number; criterion: Criterion; before: CriterionValue | undefined; value: CriterionValue; at: Date }

type StoreDeps = {
  companyId: number
  runId: number
  /** The order that the report came of; a bureau that is not paid has none. */
  orderId: number | undefined
  /** The company's values as they are kept, by their criteria. */
  known: Record<string, unknown>
}

/**
 * What a report says of a company: what changed, and the one statement that keeps it and settles the order. A change is written only where
 * the normalised value is another one; criteria that were not told stay as they are.
 */
export function storeReport(report: CreditReport, { companyId, runId, orderId, known }: StoreDeps): { changes: CriterionChange[]; statement: Prisma.Sql } {
  const at = fromInstant(report.orderedAt)
  const current = new Map(Object.entries(known).map(([criterion, value]) => [criterion, criterionValueSchema.parse(value)]))
  const changes: CriterionChange[] = []
  const rows = report.values.map(({ criterion, value: given, raw }) => {
    const before = current.get(criterion)
    const value = before ? completed(given, before) : given
    const isChanged = before === undefined || !isSameValue(before, value)
    if (isChanged) changes.push({ companyId, criterion, before, value, at })
    current.set(criterion, value)
    return { criterion, value, raw, before, isChanged }
  })
  const { score, ratingClass } = solvencyOf([...current].map(([criterion, value]) => ({ criterion, value })))
  const { identity, sections, correlationId = null } = report
  const statement = Prisma.sql`
    WITH told AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS told(criterion text, value jsonb, raw text, before jsonb, "isChanged" boolean)),
      company AS (UPDATE "CreditCompany" SET "reportedAt" = ${at}::timestamptz, "reportOwed" = FALSE, identity = ${JSON.stringify(identity)}::jsonb,
        sections = ${sections}::text[], name = COALESCE(${identity.name ?? null}::text, name),
        "normalisedScore" = ${score?.toString() ?? null}::numeric, "ratingClass" = ${ratingClass ?? null}::text WHERE id = ${companyId}::int),
      changed AS (INSERT INTO "CreditChange" ("companyId", criterion, before, value, raw, source, "correlationId", "runId", at)
        SELECT ${companyId}::int, criterion, before, value, raw, 'report', ${correlationId}::text, ${runId}::int, ${at}::timestamptz FROM told WHERE "isChanged"),
      kept AS (INSERT INTO "CreditValue" ("companyId", criterion, value, raw, source, since, "seenAt")
        SELECT ${companyId}::int, criterion, value, raw, 'report', ${at}::timestamptz, ${at}::timestamptz FROM told
        ON CONFLICT ("companyId", criterion) DO UPDATE SET value = excluded.value, raw = excluded.raw, source = excluded.source, "seenAt" = excluded."seenAt",
          since = CASE WHEN excluded.criterion = ANY(${changes.map(({ criterion }) => criterion)}::text[]) THEN excluded.since ELSE "CreditValue".since END),
      counted AS (UPDATE "CreditRunCompany" SET outcome = ${changes.length > 0 ? 'changed' : 'unchanged'}::text, problem = NULL
        WHERE "runId" = ${runId}::int AND "companyId" = ${companyId}::int)
    UPDATE "CreditOrder" SET outcome = 'stored', "correlationId" = ${correlationId}::text WHERE id = ${orderId ?? null}::int`
  return { changes, statement }
}

/** A value from a list, with the scale or currency that only the report knows. */
function completed(value: CriterionValue, before: CriterionValue): CriterionValue {
  if (value.is === 'money' && before.is === 'money' && !value.currency) return { ...before, ...value }
  if (value.is === 'number' && before.is === 'number' && value.max === undefined) return { ...before, ...value }
  return value
}
