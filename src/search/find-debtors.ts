import { searchName, searchNumber } from '#ledger'
import { type Db, Prisma } from '#platform'

export type FoundDebtor = {
  id: number
  number: string
  name: string
  administration: string
  /** What fitted: the debtor's number or the invoice's (exact), the start or a part of the name, or a similar name. */
  by: 'number' | 'invoice' | 'name' | 'similar_name'
}

type Row = { id: number; number: string; name: string; administration: string; by: FoundDebtor['by']; rank: number }

/**
 * Every debtor that a look-up could mean, best first. An exact debtor or invoice number answers alone; otherwise names that
 * hold the words; only when there is none, similar names. Archived debtors are left out.
 */
export async function findDebtors(db: Db, query: string): Promise<FoundDebtor[]> {
  const wanted = query.trim().replace(/^#/, '')
  if (wanted === '') return []
  const exact = await byNumber(db, wanted)
  if (exact.length > 0) return exact
  const name = searchName(wanted)
  if (name === '') return []
  const named = await byName(db, name)
  // A number is right or wrong: only words have spellings.
  return named.length > 0 || !/\p{L}{3}/u.test(name) ? named : bySimilarName(db, name)
}

const columns = Prisma.sql`d.id, d.number, d.name, a.name AS administration`
const tables = Prisma.sql`"Debtor" d JOIN "Administration" a ON a.id = d."administrationId"`
const withoutRank = ({ rank: _rank, ...found }: Row): FoundDebtor => found

async function byNumber(db: Db, wanted: string): Promise<FoundDebtor[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${columns}, 'number' AS by, 0 AS rank FROM ${tables} WHERE NOT d.archived AND upper(d.number) = upper(${wanted})
    UNION
    SELECT ${columns}, 'invoice' AS by, 1 AS rank FROM ${tables}
    WHERE NOT d.archived AND EXISTS (SELECT 1 FROM "Invoice" i WHERE i."debtorId" = d.id AND i."searchNumber" = ${searchNumber(wanted)})
    ORDER BY rank, name, id`
  return rows.filter((row, index) => rows.findIndex(({ id }) => id === row.id) === index).map(withoutRank)
}

async function byName(db: Db, name: string): Promise<FoundDebtor[]> {
  const pattern = `%${name.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${columns}, 'name' AS by, (CASE WHEN d."searchName" = ${name} THEN 0 WHEN starts_with(d."searchName", ${name}) THEN 1 ELSE 2 END) AS rank
    FROM ${tables} WHERE NOT d.archived AND d."searchName" LIKE ${pattern} ORDER BY rank, name, id`
  return rows.map(withoutRank)
}

// Word similarity looks at the best part of the name, so that one misspelt word of several still finds it.
async function bySimilarName(db: Db, name: string): Promise<FoundDebtor[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${columns}, 'similar_name' AS by, (1 - word_similarity(${name}, d."searchName")) AS rank
    FROM ${tables} WHERE NOT d.archived AND word_similarity(${name}, d."searchName") >= 0.4 ORDER BY rank, name, id`
  return rows.map(withoutRank)
}
