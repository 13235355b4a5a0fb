import { debtorRowInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'

/** One company that is several debtors, in one or several administrations, which do not all stand in one group. */
export type Duplicate = {
  company: string
  /** In the order of their ids. */
  debtorIds: number[]
  /** The groups that some of them stand in already. */
  groupIds: number[]
}

/** What debtors are one company by: the company that they are linked to, or their own number, in Germany together with its court. VAT numbers are left out where several companies may share one. */
const keys = Prisma.sql`
  SELECT d.id, d.name, d."groupId", 'company ' || l."companyId" AS key, c.name AS company FROM "Debtor" d
  JOIN "CreditLink" l ON l."debtorId" = d.id JOIN "CreditCompany" c ON c.id = l."companyId"
  UNION ALL
  SELECT d.id, d.name, d."groupId", concat_ws(' ', d.country, lower(d."companyNumberCourt"),
      COALESCE(d."companyNumber", CASE WHEN d.country IN ('BE', 'PL') THEN substring(d."vatNumber" FROM 3) END)) AS key, NULL AS company
  FROM "Debtor" d WHERE d.country IS NOT NULL AND (d."companyNumber" IS NOT NULL OR (d.country IN ('BE', 'PL') AND d."vatNumber" IS NOT NULL))`

type Row = { id: number; name: string; groupId: number | null; key: string; company: string | null }

/** The companies that are several debtors in sight, and are not in one group; archived debtors are left out. */
export async function duplicateCompanies(db: Db, sight: Sight): Promise<Duplicate[]> {
  const rows = await db.$queryRaw<Row[]>`
    WITH keys AS MATERIALIZED (SELECT k.* FROM (${keys}) k JOIN "Debtor" d ON d.id = k.id JOIN "Administration" a ON a.id = d."administrationId"
        WHERE NOT d.archived AND ${debtorRowInSight(sight, Prisma.raw('d'), Prisma.sql`a.code`)}),
      shared AS (SELECT key FROM keys GROUP BY key HAVING count(DISTINCT id) > 1)
    SELECT keys.* FROM keys JOIN shared USING (key) ORDER BY id, key`
  return joined(rows)
    .map(members => ({
      company: members.find(({ company }) => company !== null)?.company ?? members[0]?.name ?? '',
      debtorIds: [...new Set(members.map(({ id }) => id))],
      groupIds: [...new Set(members.flatMap(({ groupId }) => groupId ?? []))],
      isGrouped: members.every(({ groupId }) => groupId !== null && groupId === members[0]?.groupId),
    }))
    .flatMap(({ isGrouped, ...duplicate }) => (isGrouped ? [] : [duplicate]))
}

/** Rows that share a key, or a debtor, directly or through others, stand together. */
function joined(rows: Row[]): Row[][] {
  const first = new Map<string, number>() // the lowest debtor of a key
  const parent = new Map<number, number>()
  const rootOf = (id: number): number => {
    const above = parent.get(id) ?? id
    return above === id ? id : rootOf(above)
  }
  for (const { id, key } of rows) {
    const other = first.get(key)
    if (other === undefined) first.set(key, id)
    else parent.set(Math.max(rootOf(id), rootOf(other)), Math.min(rootOf(id), rootOf(other)))
  }
  return [...Map.groupBy(rows, ({ id }) => rootOf(id)).values()]
}
