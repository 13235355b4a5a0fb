import { debtorInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { proposalInSight } from './in-sight.ts'

export type HandBack = {
  /** The last decision that others took on each of the person's proposals, also on those that they gave to somebody else, in order of time. */
  decided: { proposalId: number; kind: string; by: string; at: Date }[]
  /** The person's proposals that still wait for a decision. */
  open: number[]
  /** What others decided or entered about the person's debtors without a mail, beside what calls brought: reminders, promises, whatever it was; in order of time. */
  entries: { entryId: number; status: 'done' | 'rejected'; by: string; at: Date }[]
  /** The calls of workflows that others made, or skipped, with the person's debtors. `outcome`: from the lists of the call's form. */
  calls: { debtor: string; outcome: string | null; by: string; at: Date }[]
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
  const ofTheirs = (column: Prisma.Sql) => Prisma.sql`EXISTS (SELECT FROM "Debtor" x JOIN "Staff" c ON c.key = lower(x.collector)
    WHERE x.id = ${column} AND c.id = ${staffId}) AND ${debtorInSight(sight, column)}`
  const entries = await db.$queryRaw<HandBack['entries']>`
    SELECT e.id AS "entryId", e.status, s.name AS by, e."decidedAt" AS at FROM "DebtorEntry" e JOIN "Staff" s ON s.id = e."decidedById"
    WHERE e.status IN ('done', 'rejected') AND e."formKey" NOT LIKE 'call %' AND e."decidedById" <> ${staffId} AND e."decidedAt" >= ${from} AND e."decidedAt" < ${until}
      AND ${ofTheirs(Prisma.sql`e."debtorId"`)} ORDER BY e."decidedAt", e.id`
  const calls = await db.$queryRaw<HandBack['calls']>`
    SELECT d.name AS debtor, a.outcome, s.name AS by, a."settledAt" AS at FROM "DunningAction" a JOIN "Debtor" d ON d.id = a."debtorId" JOIN "Staff" s ON s.id = a."staffId"
    WHERE a.type = 'call' AND a.status IN ('done', 'skipped') AND a."staffId" <> ${staffId} AND a."settledAt" >= ${from} AND a."settledAt" < ${until}
      AND ${ofTheirs(Prisma.sql`a."debtorId"`)} ORDER BY a."settledAt", a.id`
  return { decided, open: open.map(({ id }) => id), entries, calls }
}
