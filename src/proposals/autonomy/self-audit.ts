import type { Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { proposalInSight } from '../in-sight.ts'
import { lowerBound } from './bound.ts'

/** What Duncan made of a stretch of time, counted from recorded decisions. */
export type SelfAudit = {
  /** Proposals made, by whom they were decided, and what still waits of them. */
  proposals: number
  byPeople: number
  alone: number
  waiting: number
  /** Cases that people judged, and how many of them left fact, amount and recipient as proposed. */
  judged: number
  unchanged: number
  /** Decided alone and undone, called wrong, or called back by a mail or payment. */
  undone: number
  wrong: number
  calledBack: number
  /** Asked although they could have been decided alone. */
  sampled: number
  /** Mails that the guards set aside. */
  guarded: number
  /** By intent, the most first; `bound`: lower end of the exact 95% interval for the share that is unchanged. */
  intents: { intent: string; judged: number; unchanged: number; bound: number }[]
  minutesSaved: number
}

/** What one mail is taken to save, in minutes: answered alone, it is not looked at; approved unchanged, it is read but not looked up and written. */
export const minutesEach = { alone: 4, unchanged: 2 } as const

/** Counts the proposals of mails in sight that were made from a moment up to another. */
export async function selfAudit(db: Db, sight: Sight, from: Date, until: Date): Promise<SelfAudit> {
  const seen = proposalInSight(sight, Prisma.raw('p'))
  const made = Prisma.sql`FROM "Proposal" p WHERE p."createdAt" >= ${from} AND p."createdAt" < ${until} AND ${seen}`
  type Counts = Omit<SelfAudit, 'intents' | 'minutesSaved' | 'judged' | 'unchanged'> & { approvedUnchanged: number }
  const [counts] = await db.$queryRaw<Counts[]>`
    SELECT count(*)::int AS proposals,
      (count(*) FILTER (WHERE p.status IN ('approved', 'rejected') AND p."decidedById" IS NOT NULL))::int AS "byPeople",
      (count(*) FILTER (WHERE p.status = 'approved' AND p."decidedById" IS NULL AND p.autonomy ->> 'level' <> 'ask'))::int AS alone,
      (count(*) FILTER (WHERE p.status IN ('open', 'awaiting_second', 'snoozed')))::int AS waiting,
      (count(*) FILTER (WHERE EXISTS (SELECT FROM "AutonomyCase" c WHERE c."proposalId" = p.id AND c.verdict = 'undone')))::int AS undone,
      (count(*) FILTER (WHERE EXISTS (SELECT FROM "AutonomyCase" c WHERE c."proposalId" = p.id AND c.verdict = 'wrong')))::int AS wrong,
      (count(*) FILTER (WHERE p.autonomy ? 'calledBack'))::int AS "calledBack",
      (count(*) FILTER (WHERE (p.autonomy ->> 'sampled')::boolean))::int AS sampled,
      (count(*) FILTER (WHERE jsonb_array_length(p.basis -> 'reading' -> 'quarantine') > 0))::int AS guarded,
      (count(*) FILTER (WHERE p.status = 'approved' AND p."decidedById" IS NOT NULL AND NOT p.edited))::int AS "approvedUnchanged"
    ${made}`
  const intents = await db.$queryRaw<{ intent: string; judged: number; unchanged: number }[]>`
    SELECT c.intent, count(*)::int AS judged, (count(*) FILTER (WHERE c.verdict IN ('unchanged', 'tone')))::int AS unchanged
    FROM "AutonomyCase" c WHERE c."proposalId" IN (SELECT p.id ${made}) GROUP BY 1 ORDER BY 2 DESC, 1`
  const { approvedUnchanged, ...found } = counts ?? { ...nothing, approvedUnchanged: 0 }
  return {
    ...found,
    judged: intents.reduce((sum, { judged }) => sum + judged, 0),
    unchanged: intents.reduce((sum, { unchanged }) => sum + unchanged, 0),
    intents: intents.map(each => ({ ...each, bound: lowerBound(each.judged, each.unchanged) })),
    minutesSaved: found.alone * minutesEach.alone + approvedUnchanged * minutesEach.unchanged,
  }
}

const nothing = { proposals: 0, byPeople: 0, alone: 0, waiting: 0, undone: 0, wrong: 0, calledBack: 0, sampled: 0, guarded: 0 }
