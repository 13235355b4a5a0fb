import { type Staff, sightOf } from '#people'
import { type DbClient, Prisma } from '#platform'
import { proposalInSight } from '#proposals'
import { waitingFor } from './waiting.ts'

/** How many proposals were settled since a moment, and how many wait, in somebody's sight; with `owners`, of these people's and nobody's. */
export async function countHandled(client: DbClient, staff: Staff, owners: number[] | undefined, since: Date): Promise<{ handled: number; needs: number }> {
  const owned = owners ? Prisma.sql`(p."ownerId" IS NULL OR p."ownerId" = ANY(${owners}::int[]))` : Prisma.sql`TRUE`
  const [counts] = await client.$queryRaw<{ handled: number; needs: number }[]>`
    SELECT (SELECT count(*)::int FROM "Proposal" p WHERE p."decidedAt" >= ${since} AND p.status NOT IN ('open', 'awaiting_second', 'snoozed')
        AND ${owned} AND ${proposalInSight(sightOf(staff), Prisma.raw('p'))}) AS handled,
      (SELECT count(*)::int FROM "Proposal" p WHERE ${waitingFor(staff, owners)}) AS needs`
  return counts ?? { handled: 0, needs: 0 }
}
