import { mailInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'

/** A mail as an overview lists it. */
export type MailLine = { id: number; subject: string; at: Date; from: string | null }

const shown = 3

/** The newest mails in and out of a debtor that are in sight, newest first; also what was written to its central file. */
export async function lastMails(db: Db, sight: Sight, debtorId: number): Promise<{ in: MailLine[]; out: MailLine[] }> {
  const newest = (direction: 'in' | 'out', isOf: Prisma.Sql) => Prisma.sql`
    (SELECT m.id, m.direction, m.subject, m."receivedAt" AS at, COALESCE(m."fromName", m."fromAddress") AS "from" FROM "Message" m
    WHERE ${isOf} AND m.direction = ${direction} AND ${mailInSight(sight, Prisma.sql`m`)}
    ORDER BY m."receivedAt" DESC, m.id DESC LIMIT ${shown})`
  const own = Prisma.sql`m."debtorId" = ${debtorId}`
  const told = Prisma.sql`m."alsoDebtorIds" @> ARRAY[${debtorId}]::int[]`
  const rows = await db.$queryRaw<(MailLine & { direction: string })[]>`
    ${newest('in', own)} UNION ALL ${newest('out', own)} UNION ALL ${newest('out', told)} ORDER BY at DESC, id DESC`
  const of = (wanted: string) =>
    rows
      .filter(({ direction }) => direction === wanted)
      .slice(0, shown)
      .map(({ direction: _direction, ...line }) => line)
  return { in: of('in'), out: of('out') }
}

/** A proposal that waits. */
export type WaitingProposal = { id: number; summary: string; status: string; createdAt: Date; snoozedUntil: Date | null }

/** The proposals of a debtor that are not decided, of mails in sight, oldest first. */
export const waitingProposals = (db: Db, sight: Sight, debtorId: number): Promise<WaitingProposal[]> =>
  db.$queryRaw<WaitingProposal[]>`
    SELECT o.id, o.summary, o.status, o."createdAt", o."snoozedUntil" FROM "Proposal" o JOIN "Message" m ON m.id = o."messageId"
    WHERE o."debtorId" = ${debtorId} AND o.status IN ('open', 'awaiting_second', 'snoozed') AND ${mailInSight(sight, Prisma.sql`m`)} ORDER BY o.id`
