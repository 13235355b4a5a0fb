import { debtorInSight, type Staff, sightOf } from '#people'
import { type DbClient, Prisma } from '#platform'
import { proposalInSight } from '#proposals'
import { callInSight, type Whose } from '../worklist/work-sources.ts'
import { ownedBy } from './waiting.ts'

/**
 * How many were settled since a moment, in somebody's sight: proposals of `owners`, entries that these decided and calls that they made;
 * without owners everybody's.
 */
export async function countHandled(client: DbClient, staff: Staff, { owners, orNobody }: Whose, since: Date): Promise<number> {
  const by = (column: Prisma.Sql) => (owners ? Prisma.sql`${column} = ANY(${owners}::int[])` : Prisma.sql`${column} IS NOT NULL`)
  const sight = sightOf(staff)
  const [counts] = await client.$queryRaw<{ proposals: number; entries: number; calls: number }[]>`
    SELECT (SELECT count(*)::int FROM "Proposal" p WHERE p."decidedAt" >= ${since} AND p.status NOT IN ('open', 'awaiting_second', 'snoozed')
        AND ${ownedBy(owners, orNobody)} AND ${proposalInSight(sight, Prisma.raw('p'))}) AS proposals,
      (SELECT count(*)::int FROM "DebtorEntry" e WHERE e."decidedAt" >= ${since} AND e.why IS NOT NULL AND e.status IN ('done', 'rejected')
        AND ${by(Prisma.sql`e."decidedById"`)} AND ${debtorInSight(sight, Prisma.sql`e."debtorId"`)}) AS entries,
      (SELECT count(*)::int FROM "DunningAction" c WHERE c.type = 'call' AND c."settledAt" >= ${since} AND c.status IN ('done', 'skipped')
        AND ${by(Prisma.sql`c."staffId"`)} AND ${callInSight(staff)}) AS calls`
  return (counts?.proposals ?? 0) + (counts?.entries ?? 0) + (counts?.calls ?? 0)
}
