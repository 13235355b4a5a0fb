import { debtorInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'

/** What left alone since a moment: sent, waiting to leave, stopped or called wrong by a person, and come back because it could not leave. */
export type AloneFigures = { sent: number; waiting: number; stopped: number; failed: number }

/** Counts the steps of dunning about debtors in sight that Duncan let leave alone since a moment. */
export async function aloneFigures(db: Db, sight: Sight, since: Date): Promise<AloneFigures> {
  const state = Prisma.sql`COALESCE(m.state, x.state)`
  const [row] = await db.$queryRaw<AloneFigures[]>`
    SELECT (count(*) FILTER (WHERE e.status = 'done' AND ${state} = 'sent' AND NOT e.autonomy ? 'wrongBy'))::int AS sent,
      (count(*) FILTER (WHERE e.status = 'done' AND ${state} IN ('scheduled', 'sending')))::int AS waiting,
      (count(*) FILTER (WHERE e.status = 'undone' OR e.autonomy ? 'wrongBy'))::int AS stopped,
      (count(*) FILTER (WHERE e.autonomy ->> 'calledBack' IS NOT NULL OR ${state} = 'unknown'))::int AS failed
    FROM "DebtorEntry" e LEFT JOIN "OutboundMail" m ON m."entryId" = e.id LEFT JOIN "Dispatch" x ON x."entryId" = e.id
    WHERE e.kind = 'dunning' AND e."createdAt" >= ${since} AND (e.autonomy ->> 'level' <> 'ask' OR e.autonomy ->> 'calledBack' IS NOT NULL)
      AND ${debtorInSight(sight, Prisma.sql`e."debtorId"`)}`
  return row ?? { sent: 0, waiting: 0, stopped: 0, failed: 0 }
}
