import { type Clock, type Db, type DbClient, fromInstant, recordAudit } from '#platform'
import type { TagRule } from '../scorecard/scorecard-kind.ts'

/**
 * The tags of debtors, by id: those that people gave, and those that a company has by its sector. `tags`: the ones that the scorecard knows,
 * in whose order they come; others that somebody gave before count no more.
 */
export async function tagsOf(db: Db, tags: Record<string, TagRule>, debtorIds: readonly number[]): Promise<Map<number, string[]>> {
  const given = await db.creditTag.findMany({ where: { debtorId: { in: [...debtorIds] } }, select: { debtorId: true, tag: true } })
  const bySector = Object.values(tags).some(({ activities }) => activities.length > 0) ? await activitiesOf(db, debtorIds) : new Map<number, string>()
  const byPerson = Map.groupBy(given, ({ debtorId }) => debtorId)
  const known = Object.entries(tags)
  return new Map(
    debtorIds.map(id => {
      const own = new Set(byPerson.get(id)?.map(({ tag }) => tag))
      return [id, known.filter(([key, rule]) => own.has(key) || hasByActivity(rule, bySector.get(id))).map(([key]) => key)]
    }),
  )
}

/** Whether a company has a tag by what it does: a word of its activity, or its code, begins with one of the tag's. */
function hasByActivity({ activities }: Pick<TagRule, 'activities'>, activity: string | undefined): boolean {
  if (activity === undefined) return false
  const told = ` ${activity.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')}`
  return activities.some(start =>
    told.includes(
      ` ${start
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()}`,
    ),
  )
}

/** The tags of a debtor as people may change them: each that the scorecard knows, whether it is there, and whether its sector gave it. */
export async function tagChoices(
  db: Db,
  tags: Record<string, TagRule>,
  debtorId: number,
): Promise<{ key: string; title: string | undefined; isGiven: boolean; isBySector: boolean }[]> {
  const given = await db.creditTag.findMany({ where: { debtorId } })
  const activity = (await activitiesOf(db, [debtorId])).get(debtorId)
  return Object.entries(tags).map(([key, rule]) => ({
    key,
    title: rule.title,
    isGiven: given.some(({ tag }) => tag === key),
    isBySector: hasByActivity(rule, activity),
  }))
}

/** Gives a debtor these tags and takes the others away that people gave; returns whether that changed something. */
export async function setTags(client: DbClient, clock: Clock, debtorId: number, wanted: readonly string[], staffId: number): Promise<boolean> {
  return client.$transaction(async tx => {
    await tx.$queryRaw`SELECT id FROM "Debtor" WHERE id = ${debtorId} FOR UPDATE`
    const standing = (await tx.creditTag.findMany({ where: { debtorId } })).map(({ tag }) => tag)
    const [added, removed] = [wanted.filter(tag => !standing.includes(tag)), standing.filter(tag => !wanted.includes(tag))]
    if (added.length === 0 && removed.length === 0) return false
    await tx.creditTag.deleteMany({ where: { debtorId, tag: { in: removed } } })
    await tx.creditTag.createMany({ data: added.map(tag => ({ debtorId, tag, staffId, at: fromInstant(clock.now()) })) })
    await recordAudit(tx, { actor: `staff:${staffId}`, event: 'debtor.tagged', subject: `debtor:${debtorId}`, detail: { added, removed } })
    return true
  })
}

async function activitiesOf(db: Db, debtorIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.$queryRaw<{ debtorId: number; activity: string }[]>`
    SELECT l."debtorId", c.identity ->> 'activity' AS activity FROM "CreditLink" l JOIN "CreditCompany" c ON c.id = l."companyId"
    WHERE l."debtorId" = ANY(${[...debtorIds]}::int[]) AND c.identity ->> 'activity' IS NOT NULL`
  return new Map(rows.map(({ debtorId, activity }) => [debtorId, activity]))
}
