import { z } from 'zod'
import { type Db, Prisma } from '#platform'
import { type DebtorScore, type ScoreLine, scoreLineSchema } from './score-debtor.ts'

/**
 * Keeps the scores of debtors, by id. A result is written where it says something else than the newest one: another version, another score in
 * whole points, or a term that brings another whole number of points; so a day that passes writes no row for everybody.
 */
export async function keepScores(tx: Db, scores: ReadonlyMap<number, DebtorScore>, { version, at }: { version: number; at: Date }): Promise<void> {
  const newest = await newestScores(tx, [...scores.keys()])
  const rows = [...scores].flatMap(([debtorId, { score, known, lines }]) => {
    const before = newest.get(debtorId)
    const isSame = before?.version === version && gist(before.score ?? undefined, before.lines) === gist(score, lines)
    return isSame ? [] : [{ debtorId, score: score?.toFixed(2) ?? null, known, terms: lines }]
  })
  await tx.$executeRaw`
    INSERT INTO "CreditScore" ("debtorId", version, score, known, terms, at)
    SELECT r."debtorId", ${version}, r.score, r.known, r.terms, ${at}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("debtorId" int, score numeric, known int, terms jsonb)`
}

/** A score in few words: of two that have the same, the older one stays. */
const gist = (score: Prisma.Decimal | undefined, lines: readonly ScoreLine[]): string =>
  JSON.stringify([score?.toFixed(0), lines.map(({ key, contribution, points }) => [key, points !== undefined, new Prisma.Decimal(contribution).toFixed(0)])])

/** A score as it was kept. `score` null: too little was known. */
export type KeptScore = { version: number; score: Prisma.Decimal | null; known: number; at: Date; lines: ScoreLine[] }

/** The newest score of debtors, by id. */
export async function newestScores(db: Db, debtorIds: readonly number[]): Promise<Map<number, KeptScore>> {
  const rows = await db.$queryRaw<(Omit<KeptScore, 'lines'> & { debtorId: number; terms: unknown })[]>`
    SELECT s."debtorId", s.version, s.score, s.known, s.at, s.terms FROM unnest(${[...debtorIds]}::int[]) AS wanted(id)
    CROSS JOIN LATERAL (SELECT * FROM "CreditScore" WHERE "debtorId" = wanted.id ORDER BY at DESC, id DESC LIMIT 1) s`
  return new Map(rows.map(({ debtorId, terms, ...kept }) => [debtorId, { ...kept, lines: z.array(scoreLineSchema).parse(terms) }]))
}
