import { searchName } from '#ledger'
import { type Db, Prisma } from '#platform'
import { debtors, hitColumns, type InSight, mostOfAKind } from './candidates.ts'
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
    WHERE c.name ILIKE ${anywhere(text)} AND ${inSight} LIMIT ${mostOfAKind}`
}

// From very alike to what a swapped letter in a short word leaves. A lower one is tried only where nothing was found: in a large
// ledger thousands of names share a word with any other.
const thresholds = [0.7, 0.5, 0.4]

/** Debtors one of whose words is spelt like this, the most alike first, without those whose name holds it. Only words have spellings, numbers are right or wrong. */
export async function bySimilarName(db: Db, text: string, inSight: InSight): Promise<RankedHit[]> {
  const name = searchName(text)
  if (!hasWord(name)) return []
  for (const threshold of thresholds) {
    const found = await moreSimilarThan(db, name, threshold, inSight)
    if (found.length > 0) return found
  }
  return []
}

// Word similarity looks at the best part of the name, so that one misspelt word of several still finds it. The index looks at the
// session's threshold: set for this statement only, before the names are read.
const moreSimilarThan = (db: Db, name: string, threshold: number, inSight: InSight): Promise<RankedHit[]> =>
  db.$queryRaw<RankedHit[]>`
    WITH wanted AS MATERIALIZED (SELECT ${name}::text AS name, set_config('pg_trgm.word_similarity_threshold', ${String(threshold)}, true))
    SELECT found.* FROM wanted CROSS JOIN LATERAL (
      SELECT ${hitColumns('similar_name', Prisma.sql`NULL`, Prisma.sql`word_similarity(wanted.name, d."searchName")`)}
      FROM ${debtors} WHERE d."searchName" NOT LIKE ${anywhere(name)} AND wanted.name <% d."searchName" AND ${inSight}
      ORDER BY word_similarity(wanted.name, d."searchName") DESC, d.name, d.id LIMIT ${mostOfAKind}) AS found`

const hasWord = (text: string): boolean => /\p{L}{3}/u.test(text)
const anywhere = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
