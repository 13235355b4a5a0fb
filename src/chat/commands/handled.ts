import { type Staff, sightOf } from '#people'
import { type DbClient, Prisma } from '#platform'
import { proposalInSight } from '#proposals'
import { ownedBy, waitingFor } from './waiting.ts'

type Whose = { owners: number[] | undefined; orNobody: boolean }

/** How many proposals were settled since a moment, and how many wait, in somebody's sight: everybody's, or those of `owners`. */
export async function countHandled(client: DbClient, staff: Staff, { owners, orNobody }: Whose, since: Date): Promise<{ handled: number; needs: number }> {
  const [counts] = await client.$queryRaw<{ handled: number; needs: number }[]>`
    SELECT (SELECT count(*)::int FROM "Proposal" p WHERE p."decidedAt" >= ${since} AND p.status NOT IN ('open', 'awaiting_second', 'snoozed')
        AND ${ownedBy(owners, orNobody)} AND ${proposalInSight(sightOf(staff), Prisma.raw('p'))}) AS handled,
      (SELECT count(*)::int FROM "Proposal" p WHERE ${waitingFor(staff, owners, orNobody)}) AS needs`
  return counts ?? { handled: 0, needs: 0 }
}
