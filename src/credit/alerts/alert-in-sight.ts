import { codeInSight, debtorRowInSight, type Sight, seesAll } from '#people'
import { type Db, Prisma } from '#platform'

/** An SQL condition on a row of "CreditAlert", given its alias: the link `k` and its debtor `d` are of those that it is about. */
export const isAbout = (alert: Prisma.Sql): Prisma.Sql => Prisma.sql`(k."companyId" = ${alert}."companyId"
  AND d."administrationId" = ${alert}."administrationId" AND (d."partyType" = 'supplier') = (${alert}.party = 'supplier'))`

/**
 * An SQL condition on a row of "CreditAlert", given its alias, and on the column of its administration's code: the administration is in
 * sight, and where somebody sees their own accounts alone, one of the debtors that it is about is theirs.
 */
export function alertInSight(sight: Sight, alert: Prisma.Sql, code: Prisma.Sql): Prisma.Sql {
  if (sight.accounts === undefined) return codeInSight(sight, code)
  return Prisma.sql`EXISTS (SELECT 1 FROM "CreditLink" k JOIN "Debtor" d ON d.id = k."debtorId"
    WHERE ${isAbout(alert)} AND ${debtorRowInSight(sight, Prisma.raw('d'), code)})`
}

/** Of these alerts, those in sight. */
export async function alertsInSight(db: Db, sight: Sight, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0 || seesAll(sight)) return new Set(ids)
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT l.id FROM "CreditAlert" l JOIN "Administration" a ON a.id = l."administrationId"
    WHERE l.id = ANY(${[...ids]}::int[]) AND ${alertInSight(sight, Prisma.raw('l'), Prisma.sql`a.code`)}`
  return new Set(rows.map(({ id }) => id))
}
