import { may, type Staff, sightOf } from '#people'
import { type Db, Prisma } from '#platform'
import { proposalInSight } from '#proposals'
import { ownedBy } from '../commands/waiting.ts'

/** A decision that waits for somebody, and has not been mailed to them yet. `hardStop`: an insolvency, which waits for nobody's morning. */
export type WaitingDecision = { proposalId: number; vote: 'first' | 'second'; hardStop: boolean }

/**
 * The undecided proposals whose card has been out of reach on some chat platform since `before`: it does not get there, or nothing does
 * that goes to its conversation.
 */
export async function outOfReach(db: Db, before: Date): Promise<number[]> {
  // One that is not due yet waits for quiet hours, not for the platform; one that a list tells of is as far as the list.
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT DISTINCT p.id FROM "Proposal" p
      JOIN "ChatPost" c ON c.subject = 'proposal:' || p.id AND c."parentId" IS NULL AND c."privateTo" IS NULL
      JOIN "ChatCopy" own ON own."postId" = c.id
      JOIN "ChatCopy" k ON k.platform = own.platform AND k.conversation = own.conversation AND k."postId" = COALESCE(own."listedIn", own."postId")
    WHERE p.status IN ('open', 'awaiting_second') AND (
      (k."externalId" IS NULL AND k.status NOT IN ('held', 'listed') AND k."createdAt" <= ${before} AND (k.attempts > 0 OR k.status = 'failed' OR k."dueAt" <= ${before}))
      OR EXISTS (SELECT FROM "OpsAlert" a
        WHERE a.key = 'chat:' || k.platform || ':' || k.conversation AND a."resolvedAt" IS NULL AND a."raisedAt" <= ${before}))`
  return rows.map(({ id }) => id)
}

/**
 * What waits for this person's first vote (their own, that of `owners` whom they act for, and what nobody owns) or second one, in their
 * sight; hard stops first. `among`: only these proposals. Whether the vote is theirs to give is judged when they give it.
 */
export async function decisionsFor(db: Db, staff: Staff, owners: number[], among: number[] | undefined): Promise<WaitingDecision[]> {
  const theirs = Prisma.sql`p.status = 'open' AND ${ownedBy(owners, true)}`
  const second = Prisma.sql`p.status = 'awaiting_second' AND ${may(staff, 'second_vote')} AND NOT EXISTS (
    SELECT FROM "Decision" d WHERE d."proposalId" = p.id AND d."staffId" = ${staff.id} AND (d.kind = 'approve' OR d.edited))`
  return db.$queryRaw<WaitingDecision[]>`
    SELECT p.id AS "proposalId", CASE p.status WHEN 'open' THEN 'first' ELSE 'second' END AS vote,
      p.basis->'reading'->'intents' @> '[{"intent": "insolvency_notice"}]' AS "hardStop"
    FROM "Proposal" p
    WHERE ((${theirs}) OR (${second})) AND ${among ? Prisma.sql`p.id = ANY(${among}::int[])` : Prisma.sql`TRUE`}
      AND NOT EXISTS (SELECT FROM "MailedDecision" m
        WHERE m."proposalId" = p.id AND m."staffId" = ${staff.id} AND m.vote = CASE p.status WHEN 'open' THEN 'first' ELSE 'second' END)
      AND ${proposalInSight(sightOf(staff), Prisma.raw('p'))}
    ORDER BY "hardStop" DESC, p.id`
}
