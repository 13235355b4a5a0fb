import { z } from 'zod'
import { debtorInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { type Criterion, type CriterionValue, criteria, criterionValueSchema } from './criteria.ts'

/** Where a criterion stands and since when, and which bureau says so, with each value that it had at any bureau, newest first. */
export type CriterionHistory = {
  criterion: Criterion
  value: CriterionValue
  since: Date
  /** When a report or a list told it last. */
  seenAt: Date
  /** report | list */
  source: string
  bureau: string
  changes: { at: Date; value: CriterionValue; raw: string; source: string; bureau: string }[]
}

const identityText = z.string().optional().catch(undefined)
/** Master data of a company as its newest report told them. */
export const identitySchema = z.object({
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
  /** What only the bureau said that served the country before, and its bureau today does not tell: old words, which count for nothing. */
  former: CriterionHistory[]
}

/** What the bureau says of a debtor's company, in the order of the criteria; undefined when nothing is known, or the debtor is out of sight. */
export async function creditFactsOf(db: Db, sight: Sight, debtorId: number): Promise<CreditFacts | undefined> {
  const [link] = await db.$queryRaw<{ companyId: number }[]>`
    SELECT l."companyId" FROM "CreditLink" l WHERE l."debtorId" = ${debtorId} AND ${debtorInSight(sight, Prisma.sql`l."debtorId"`)}`
  if (!link) return undefined
  const include = { values: true, changes: { orderBy: [{ at: 'desc' as const }, { id: 'desc' as const }] } }
  const company = await db.creditCompany.findUniqueOrThrow({ where: { id: link.companyId }, include })
  const formerLinks = await db.creditFormerLink.findMany({
    where: { debtorId, companyId: { not: link.companyId } },
    orderBy: { endedAt: 'desc' },
    include: { company: { include } },
  })
  const before = formerLinks.map(({ company: former }) => former)
  const { id, name, country, bureau, bureauId, monitoring, reportedAt, sections, ratingClass, identity } = company
  const history = historyOf(company, before)
  const known = new Set(history.map(({ criterion }) => criterion))
  const [last, ...earlier] = before
  return {
    company: { id, name, country, bureau, bureauId, monitoring, reportedAt, sections, ratingClass, identity: identitySchema.parse(identity) },
    parent: await parentOf(db, sight, bureau, history),
    history,
    former: last ? historyOf(last, earlier).filter(({ criterion }) => !known.has(criterion)) : [],
  }
}

type ToldValue = { criterion: string; value: unknown; raw: string; source: string }
type ToldCompany = { bureau: string; values: (ToldValue & { since: Date; seenAt: Date })[]; changes: (ToldValue & { at: Date })[] }

/** What a company's bureau says of it today; the values before that of all bureaus, each with the one that said so. */
function historyOf(company: ToldCompany, before: ToldCompany[]): CriterionHistory[] {
  const all = [company, ...before].flatMap(({ bureau, changes }) => changes.map(change => ({ ...change, bureau })))
  const changes = Map.groupBy(all, ({ criterion }) => criterion)
  const history = company.values.map(({ criterion, value, since, seenAt, source }) => ({
    criterion: z.enum(criteria).parse(criterion),
    value: criterionValueSchema.parse(value),
    since,
    seenAt,
    source,
    bureau: company.bureau,
    changes: (changes.get(criterion) ?? []).map(({ at, bureau, raw, source: by, value: told }) => ({
      at,
      value: criterionValueSchema.parse(told),
      raw,
      source: by,
      bureau,
    })),
  }))
  return history.toSorted((one, other) => criteria.indexOf(one.criterion) - criteria.indexOf(other.criterion))
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
