import type { Staff } from '#people'
import { type Clock, type DbClient, Prisma } from '#platform'
import { cardContext } from '../context.ts'
import { withOwners, workSources } from '../worklist/work-sources.ts'

/**
 * How much waits for whom of what somebody may see, as rows of name (null: nobody), decisions, entries, calls, tasks and all; who has most first.
 */
export async function workFigures(
  { client, clock, timeZone }: { client: DbClient; clock: Clock; timeZone: string },
  staff: Staff,
): Promise<(string | null)[][]> {
  const deps = { client, clock, context: cardContext(staff.language, timeZone) }
  const waiting = workSources(deps, staff, { owners: undefined, orNobody: false }, { promise: false })
  const rows = await client.$queryRaw<{ name: string | null; kind: string; count: number }[]>`
    SELECT s.name, item.kind, count(*)::int AS count FROM (${withOwners(Prisma.sql`(${waiting})`)}) AS item
    LEFT JOIN "Staff" s ON s.id = item.owner GROUP BY 1, 2 ORDER BY 1, 2`
  const people = Map.groupBy(rows, ({ name }) => name)
  const counted = [...people].map(([name, own]) => {
    const of = (kind: string) => own.find(row => row.kind === kind)?.count ?? 0
    const counts = [of('proposal'), of('entry'), of('call'), of('task')]
    return { name, counts, all: own.reduce((sum, { count }) => sum + count, 0) }
  })
  return counted.toSorted((a, b) => b.all - a.all).map(({ name, counts, all }) => [name, ...counts.map(String), String(all)])
}
