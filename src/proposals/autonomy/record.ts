import { type Db, Prisma } from '#platform'
import { judgeRecord, looks, type RecordState } from './bound.ts'
import type { Combination } from './combination.ts'

/** Verdicts that leave a proposal right. */
const goodVerdicts = ['unchanged', 'tone']
export const isGood = (verdict: string): boolean => goodVerdicts.includes(verdict)

type Row = { kind: string; intent: string; language: string; mailboxId: number | null; cases: boolean[] }

/**
 * The cases of combinations in order, per mailbox and of all mailboxes together, since what was granted on them last ended with a bad case.
 * More than the last look needs are not read.
 */
async function readCases(db: Db, only: Prisma.Sql): Promise<Row[]> {
  const most = looks().at(-1)?.n ?? 0
  return db.$queryRaw<Row[]>`
    WITH scoped AS (
      SELECT c.id, c.kind, c.intent, c.language, s.scope AS "mailboxId", c.verdict = ANY(${goodVerdicts}::text[]) AS good
      FROM "AutonomyCase" c CROSS JOIN LATERAL (VALUES (c."mailboxId"), (NULL)) AS s(scope) WHERE ${only}
    ), since AS (
      SELECT g.kind, g.intent, g.language, s.scope AS "mailboxId", max(g."endCaseId") AS id
      FROM "AutonomyGrant" g JOIN "AutonomyCase" e ON e.id = g."endCaseId" CROSS JOIN LATERAL (VALUES (e."mailboxId"), (NULL)) AS s(scope)
      WHERE g."endReason" = 'bad_case' GROUP BY 1, 2, 3, 4
    ), counted AS (
      SELECT p.*, row_number() OVER (PARTITION BY p.kind, p.intent, p.language, p."mailboxId" ORDER BY p.id) AS nth
      FROM scoped p LEFT JOIN since b ON b.kind = p.kind AND b.intent = p.intent AND b.language = p.language AND b."mailboxId" IS NOT DISTINCT FROM p."mailboxId"
      WHERE p.id > coalesce(b.id, 0)
    )
    SELECT kind, intent, language, "mailboxId", array_agg(good ORDER BY id) AS cases FROM counted WHERE nth <= ${most}
    GROUP BY kind, intent, language, "mailboxId" ORDER BY kind, intent, language, "mailboxId" NULLS FIRST`
}

export type Recorded = { combination: Combination; record: RecordState }

/** Every record that there is. */
export async function listRecords(db: Db): Promise<Recorded[]> {
  return (await readCases(db, Prisma.sql`TRUE`)).map(({ cases, ...combination }) => ({ combination, record: judgeRecord(cases) }))
}

/** The record of one mailbox and that of all together. */
export async function readRecords(db: Db, { kind, intent, language, mailboxId }: Combination): Promise<{ own: RecordState; all: RecordState }> {
  const rows = await readCases(db, Prisma.sql`c.kind = ${kind} AND c.intent = ${intent} AND c.language = ${language}`)
  const of = (scope: number | null) => judgeRecord(rows.find(row => row.mailboxId === scope)?.cases ?? [])
  return { own: of(mailboxId), all: of(null) }
}

/** Too few cases to be looked at even once: all mailboxes together speak for this one. */
export const isSparse = ({ n }: RecordState): boolean => n < (looks()[0]?.n ?? 0)
