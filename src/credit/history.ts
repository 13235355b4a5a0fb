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

const identityText = z.string().optional().catch(undefined)
const identitySchema = z.object({
  name: identityText,
  tradeName: identityText,
  registrationNumber: identityText,
  vatNumber: identityText,
  court: identityText,
  legalForm: identityText,
  activity: identityText,
  telephone: identityText,
  website: identityText,
  foundedOn: z.iso.date().optional().catch(undefined),
  capital: z.object({ amount: z.string(), currency: z.string() }).optional().catch(undefined),
})

/** A parent company by its rating, from A to E, and by its advised limit. */
type ParentFacts = { name: string; ratingClass: string | null; limit: CriterionValue | undefined }

export type CreditFacts = {
  company: {
    id: number
    name: string
    country: string
    bureau: string
    bureauId: string
    monitoring: string
    reportedAt: Date | null
    sections: string[]
    /** Master data as far as its report tells them. */
    identity: z.output<typeof identitySchema>
    /** From A to E, whatever the bureau's scales. */
    ratingClass: string | null
  }
  /** What the bureau says of its parent company, where that one is known here too. */
  parent: ParentFacts | undefined
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
  const { id, name, country, bureau, bureauId, monitoring, reportedAt, sections, ratingClass, identity } = company
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
    company: { id, name, country, bureau, bureauId, monitoring, reportedAt, sections, ratingClass, identity: identitySchema.parse(identity) },
    parent: await parentOf(db, sight, bureau, history),
    history: history.toSorted((one, other) => criteria.indexOf(one.criterion) - criteria.indexOf(other.criterion)),
  }
}

/** The parent company by the bureau's key of it, where a debtor in sight is that company. */
async function parentOf(db: Db, sight: Sight, bureau: string, history: CriterionHistory[]): Promise<ParentFacts | undefined> {
  const told = history.find(({ criterion }) => criterion === 'parent')?.value
  if (told?.is !== 'text' || told.key === undefined) return undefined
  const [parent] = await db.$queryRaw<{ name: string; ratingClass: string | null; limit: unknown }[]>`
    SELECT c.name, c."ratingClass", v.value AS limit FROM "CreditCompany" c
    LEFT JOIN "CreditValue" v ON v."companyId" = c.id AND v.criterion = 'credit_limit'
    WHERE c.bureau = ${bureau} AND c."bureauId" = ${told.key}
      AND EXISTS (SELECT FROM "CreditLink" l WHERE l."companyId" = c.id AND ${debtorInSight(sight, Prisma.sql`l."debtorId"`)})`
  return parent && { ...parent, limit: parent.limit === null ? undefined : criterionValueSchema.parse(parent.limit) }
}
