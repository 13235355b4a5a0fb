import { type Db, Prisma } from '#platform'
import { type Criterion, criterionValueSchema } from '../values/criteria.ts'
import type { CriterionChange } from './store-report.ts'

/** What is a fact whoever tells it; a score or a limit is one bureau's opinion, which another one's neither raises nor cuts. */
const hardFacts: readonly Criterion[] = ['judgments', 'privileges', 'insolvency', 'status']

/**
 * The changes as news: what a bureau tells of a company for the first time is held against what the bureau that served its country before
 * said last, so that a known judgment is not told again because another bureau has it too.
 */
export async function asNews(tx: Db, changes: CriterionChange[]): Promise<CriterionChange[]> {
  const firsts = changes.filter(({ criterion, before }) => before === undefined && hardFacts.includes(criterion))
  if (firsts.length === 0) return changes
  const rows = await tx.$queryRaw<{ criterion: string; value: unknown }[]>`
    SELECT DISTINCT ON (v.criterion) v.criterion, v.value FROM "CreditLink" l JOIN "CreditFormerLink" f ON f."debtorId" = l."debtorId"
    JOIN "CreditValue" v ON v."companyId" = f."companyId"
    WHERE l."companyId" = ${firsts[0]?.companyId} AND f."companyId" <> l."companyId" AND v.criterion IN (${Prisma.join(hardFacts)})
    ORDER BY v.criterion, v."seenAt" DESC`
  if (rows.length === 0) return changes
  const known = new Map(rows.map(({ criterion, value }) => [criterion, criterionValueSchema.parse(value)]))
  return changes.flatMap(change => {
    const before = firsts.includes(change) ? known.get(change.criterion) : undefined
    if (!before) return [change]
    // Each bureau words an insolvency in its own way.
    return change.criterion === 'insolvency' && before.is === change.value.is ? [] : [{ ...change, before }]
  })
}
