import { type Db, Prisma } from '#platform'
import type { SearchContext } from '../fields/field.ts'
import { readSegments, withSegments } from './segments.ts'

/** The debtors of some segments by their keys, those that lead first; a segment that there is not has none. Read once for as many debtors as there are. */
export async function membersOf(db: Db, context: SearchContext, keys: readonly string[]): Promise<Map<string, Set<number>>> {
  const segments = await readSegments(db)
  const { segments: conditions } = withSegments(context, segments)
  const members = new Map<string, Set<number>>()
  for (const { key } of segments.filter(segment => keys.includes(segment.key))) {
    const condition = conditions.get(key)?.() ?? Prisma.sql`FALSE`
    const rows = await db.$queryRaw<
      { id: number }[]
    >`SELECT d.id FROM "Debtor" d JOIN "Administration" administration ON administration.id = d."administrationId" WHERE ${condition}`
    members.set(key, new Set(rows.map(({ id }) => id)))
  }
  return members
}
