import { z } from 'zod'
import { debtorInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { type Criterion, type CriterionValue, criteria, criterionValueSchema } from './criteria.ts'

/** Where a criterion stands and since when, with each value that it had, newest first. */
export type CriterionHistory = {
  criterion: Criterion
  value: CriterionValue
  since: Date
  /** When a report or a list told it last. */
  seenAt: Date
  source: string
  changes: { at: Date; value: CriterionValue; raw: string; source: string }[]
}

export type CreditFacts = {
  company: { id: number; name: string; country: string; bureau: string; bureauId: string; monitoring: string; reportedAt: Date | null; sections: string[] }
  history: CriterionHistory[]
}

/** What the bureau says of a debtor's company, in the order of the criteria; undefined when nothing is known, or the debtor is out of sight. */
export async function creditFactsOf(db: Db, sight: Sight, debtorId: number): Promise<CreditFacts | undefined> {
  const [link] = await db.$queryRaw<{ companyId: number }[]>`
    SELECT l."companyId" FROM "CreditLink" l WHERE l."debtorId" = ${debtorId} AND ${debtorInSight(sight, Prisma.sql`l."debtorId"`)}`
  if (!link) return undefined
  const company = await db.creditCompany.findUniqueOrThrow({
    where: { id: link.companyId },
    include: { values: true, changes: { orderBy: [{ at: 'desc' }, { id: 'desc' }] } },
  })
  const { id, name, country, bureau, bureauId, monitoring, reportedAt, sections } = company
  const changes = Map.groupBy(company.changes, ({ criterion }) => criterion)
  const history = company.values.map(({ criterion, value, since, seenAt, source }) => ({
    criterion: z.enum(criteria).parse(criterion),
    value: criterionValueSchema.parse(value),
    since,
    seenAt,
    source,
    changes: (changes.get(criterion) ?? []).map(change => ({
      at: change.at,
      value: criterionValueSchema.parse(change.value),
      raw: change.raw,
      source: change.source,
    })),
  }))
  return {
    company: { id, name, country, bureau, bureauId, monitoring, reportedAt, sections },
    history: history.toSorted((one, other) => criteria.indexOf(one.criterion) - criteria.indexOf(other.criterion)),
  }
}
