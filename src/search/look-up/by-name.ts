import { searchName } from '#ledger'
import { type Db, Prisma } from '#platform'
import { anywhere } from '../like-pattern.ts'
import { debtors, hasWord, hitColumns, type InSight, mostOfAKind } from './candidates.ts'
import type { RankedHit } from './hit.ts'

/** Debtors whose name is this, begins with it or holds it; legal form, accents and case do not matter. */
export async function byName(db: Db, text: string, inSight: InSight): Promise<RankedHit[]> {
  const name = searchName(text)
  if (name === '') return []
  const by = Prisma.sql`CASE WHEN d."searchName" = ${name} THEN 'name' WHEN starts_with(d."searchName", ${name}) THEN 'name_start' ELSE 'name_part' END`
  // The shortest of the names that hold it are the most like it; the index cannot order, so the cut is made after the sorting.
  return db.$queryRaw<RankedHit[]>`
    SELECT d.id, d.number, d.name, a.name AS administration, ${by} AS by, NULL::text AS found, (length(${name}) / length(d."searchName")::float8) AS similarity
    FROM ${debtors} WHERE d."searchName" LIKE ${anywhere(name)} AND ${inSight}
    ORDER BY (d."searchName" = ${name}) DESC, starts_with(d."searchName", ${name}) DESC, length(d."searchName"), d.name, d.id LIMIT ${mostOfAKind}`
}

/** Debtors that have a contact of this name; from three letters on. */
export async function byContact(db: Db, text: string, inSight: InSight): Promise<RankedHit[]> {
  if (!hasWord(text)) return []
  return db.$queryRaw<RankedHit[]>`
    SELECT ${hitColumns('contact', Prisma.sql`c.name`, Prisma.sql`1`)} FROM "Contact" c JOIN ${debtors} ON d.id = c."debtorId"
    WHERE c.name ILIKE ${anywhere(text)} AND ${inSight} ORDER BY length(c.name), d.name, d.id LIMIT ${mostOfAKind}`
}
