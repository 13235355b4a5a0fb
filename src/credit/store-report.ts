import { type Db, fromInstant, Prisma } from '#platform'
import type { CreditReport } from './bureau.ts'
import { type Criterion, type CriterionValue, criterionValueSchema, isSameValue, type ReadValue } from './criteria.ts'
import { type Solvency, solvencyOf } from './normalise.ts'

/** A criterion that is another than before; `before` is undefined for the first value ever. */
export type CriterionChange = { companyId: number; criterion: Criterion; before: CriterionValue | undefined; value: CriterionValue; at: Date }

/** What changed, and how the company stands by all that is known of it. */
type Stored = { changes: CriterionChange[]; standing: Solvency }

type Origin = { companyId: number; source: 'report' | 'list'; at: Date; correlationId?: string | undefined; runId?: number | undefined }

/** Keeps what a report says of a company: new values, and what changed. Call it in the transaction that settles the order. */
export async function storeReport(tx: Db, companyId: number, report: CreditReport, runId?: number): Promise<CriterionChange[]> {
  const at = fromInstant(report.orderedAt)
  const { identity, sections } = report
  const { changes, standing } = await storeValues(tx, report.values, { companyId, source: 'report', at, correlationId: report.correlationId, runId })
  const solvency = { normalisedScore: standing.score ?? null, ratingClass: standing.ratingClass ?? null }
  await tx.creditCompany.update({
    where: { id: companyId },
    data: { reportedAt: at, reportOwed: false, identity, sections, ...solvency, ...(identity.name && { name: identity.name }) },
  })
  return changes
}

/** Keeps values that were told; a change is written only where the normalised value is another one. Criteria that were not told stay as they are. */
async function storeValues(tx: Db, told: ReadValue[], { companyId, source, at, correlationId, runId }: Origin): Promise<Stored> {
  const known = await tx.creditValue.findMany({ where: { companyId } })
  const current = new Map(known.map(row => [row.criterion, criterionValueSchema.parse(row.value)]))
  const rows: { criterion: Criterion; value: CriterionValue; raw: string }[] = []
  const changes: (CriterionChange & { raw: string })[] = []
  for (const { criterion, value: given, raw } of told) {
    const before = current.get(criterion)
    const value = before ? completed(given, before) : given
    if (before === undefined || !isSameValue(before, value)) changes.push({ companyId, criterion, before, value, raw, at })
    rows.push({ criterion, value, raw })
    current.set(criterion, value)
  }
  await tx.$executeRaw`
    INSERT INTO "CreditValue" ("companyId", criterion, value, raw, source, since, "seenAt")
    SELECT ${companyId}, told.criterion, told.value, told.raw, ${source}, ${at}, ${at}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS told(criterion text, value jsonb, raw text)
    ON CONFLICT ("companyId", criterion) DO UPDATE SET value = excluded.value, raw = excluded.raw, source = excluded.source, "seenAt" = excluded."seenAt",
      since = CASE WHEN excluded.criterion = ANY(${changes.map(({ criterion }) => criterion)}::text[]) THEN excluded.since ELSE "CreditValue".since END`
  const from = { source, correlationId: correlationId ?? null, runId: runId ?? null }
  await tx.creditChange.createMany({ data: changes.map(change => ({ ...change, before: change.before ?? Prisma.DbNull, ...from })) })
  return { changes, standing: solvencyOf([...current].map(([criterion, value]) => ({ criterion, value }))) }
}

/** A value from a list, with the scale or currency that only the report knows. */
function completed(value: CriterionValue, before: CriterionValue): CriterionValue {
  if (value.is === 'money' && before.is === 'money' && !value.currency) return { ...before, ...value }
  if (value.is === 'number' && before.is === 'number' && value.max === undefined) return { ...before, ...value }
  return value
}
