import type { Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { proposalInSight } from './in-sight.ts'

export type HandBack = {
  /** The last decision that others took on each of the person's proposals, also on those that they gave to somebody else, in order of time. */
  decided: { proposalId: number; kind: string; by: string; at: Date }[]
  /** The person's proposals that still wait for a decision. */
  open: number[]
}

/** What became of a person's proposals while somebody else did their work, as far as they may see it. */
export async function handBackOf(db: Db, sight: Sight, staffId: number, { from, until }: { from: Date; until: Date }): Promise<HandBack> {
  const seen = proposalInSight(sight, Prisma.raw('p'))
  const decided = await db.$queryRaw<HandBack['decided']>`
    SELECT * FROM (
      SELECT DISTINCT ON (p.id) p.id AS "proposalId", d.kind, s.name AS by, d."createdAt" AS at
      FROM "Decision" d JOIN "Proposal" p ON p.id = d."proposalId" JOIN "Staff" s ON s.id = d."staffId"
      WHERE (p."ownerId" = ${staffId} OR EXISTS (
          SELECT FROM "Decision" given WHERE given."proposalId" = p.id AND given."staffId" <> ${staffId} AND given.detail->>'formerOwner' = ${String(staffId)}
            AND given."createdAt" >= ${from} AND given."createdAt" < ${until}))
        AND d."staffId" <> ${staffId} AND d."createdAt" >= ${from} AND d."createdAt" < ${until} AND ${seen}
      ORDER BY p.id, d.id DESC) AS last ORDER BY at, "proposalId"`
  const open = await db.$queryRaw<{ id: number }[]>`
    SELECT p.id FROM "Proposal" p WHERE p."ownerId" = ${staffId} AND p.status IN ('open', 'awaiting_second', 'snoozed') AND ${seen} ORDER BY p.id`
  return { decided, open: open.map(({ id }) => id) }
}
