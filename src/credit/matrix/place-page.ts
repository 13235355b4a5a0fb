import type { Db, Prisma } from '#platform'
import { keepScores } from '../scorecard/keep-scores.ts'
import { type DebtorScore, scoreDebtor } from '../scorecard/score-debtor.ts'
import { decideMove, nextSchema, type Standing } from './decide-move.ts'
import { bandOf, cellOf } from './grid.ts'
import type { Placing } from './place-debtors.ts'
import { type DebtorRead, readDebtors } from './read-debtors.ts'
import { rowOf, type Why } from './row-of.ts'
import { type Stance, stanceNamed } from './stance.ts'

type Row = {
  debtorId: number
  solvency: string
  band: string
  segment: string | null
  stance: Stance
  workflow: string | null
  exposure: string
  why: Why
  since: string
  next: unknown
}

/** One placement at a time, page by page, so that no two of them move a debtor for the same reason. */
const placementLock = 'credit placement'

/** Scores a page of debtors and places them, with what that moves, in one transaction. `missing`: currencies without a rate, of debtors that get no place. */
export async function placePage(run: Placing, ids: number[]): Promise<{ placed: number; moved: number; unplaced: number; missing: string[] }> {
  const { client, matrix, scorecard, scorecardVersion, reporting, today, now } = run
  return client.$transaction(
    async tx => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${placementLock}))`
      const read = await readDebtors(tx, { today, reporting, tags: scorecard.tags, behaviorOf: run.behaviorOf }, ids)
      const standing = new Map((await tx.creditPosition.findMany({ where: { debtorId: { in: ids } } })).map(position => [position.debtorId, position]))
      const scores = new Map(read.map(({ id, facts }) => [id, scoreDebtor(scorecard, facts)]))
      await keepScores(tx, scores, { version: scorecardVersion, at: now })

      const rows: Row[] = []
      const moves: ReturnType<typeof moveOf>[] = []
      const withoutRate = read.filter(({ exposure }) => exposure.kind === 'no_rate')
      for (const debtor of read) {
        const score = scores.get(debtor.id)
        if (debtor.exposure.kind === 'no_rate' || !score) continue
        const position = standing.get(debtor.id)
        const found = { debtorId: debtor.id, exposure: debtor.exposure.amount.toFixed(3), ...findPlace(run, debtor, debtor.exposure.amount, score) }
        const isReset = position?.version !== versionOf(run) || position.currency !== reporting.reporting
        const decision = decideMove(position && standingOf(position), found, { now, softerAfterDays: matrix.softerAfterDays, isReset })
        if (decision.kind === 'moves') moves.push(moveOf(run, { ...found, isNews: decision.isNews }, position))
        if (decision.kind === 'waits' && position) rows.push({ ...found, ...placeOf(position), next: decision.next })
        else rows.push({ ...found, since: (decision.kind === 'stays' && position ? position.since : now).toISOString(), next: null })
      }
      await writePositions(tx, rows, { currency: reporting.reporting, version: versionOf(run), now })
      await writeMoves(tx, run, moves)
      // It keeps its place, unless that is by another currency's columns.
      const kept = { debtorId: { in: withoutRate.map(({ id }) => id) }, currency: reporting.reporting }
      await tx.creditPosition.updateMany({ where: kept, data: { placedAt: now } })
      return {
        placed: rows.length,
        moved: moves.filter(({ debtorId }) => standing.has(debtorId)).length,
        unplaced: withoutRate.length,
        missing: withoutRate.flatMap(({ exposure }) => (exposure.kind === 'no_rate' ? exposure.missing : [])),
      }
    },
    { timeout: 60_000, maxWait: 60_000 },
  )
}

/** Places are compared only within one version of what they rest on. */
const versionOf = ({ matrix, matrixVersion, scorecardVersion }: Placing): number =>
  matrix.solvencyBy === 'scorecard' ? Math.max(matrixVersion, scorecardVersion) : matrixVersion

function findPlace({ matrix, members }: Placing, { id, facts, stops }: DebtorRead, exposure: Prisma.Decimal, score: DebtorScore) {
  const { solvency, why } = rowOf(matrix, { facts, stops, score })
  const band = bandOf(matrix, exposure)
  const memberOf = [...members].flatMap(([segment, ids]) => (ids.has(id) ? [segment] : []))
  const { stance, workflow, segment } = cellOf(matrix, { solvency, band }, memberOf)
  return { solvency, band, stance, workflow: workflow ?? null, segment: segment ?? null, why }
}

type Position = { solvency: string; band: string; segment: string | null; stance: string; workflow: string | null; why: unknown; since: Date; next: unknown }

const standingOf = ({ solvency, band, stance, workflow, next }: Position): Standing => ({
  solvency,
  band,
  stance: stanceNamed(stance),
  workflow,
  next: nextSchema.nullable().parse(next) ?? undefined,
})

const placeOf = ({ solvency, band, segment, stance, workflow, why, since }: Position) => ({
  solvency,
  band,
  segment,
  stance: stanceNamed(stance),
  workflow,
  why: why as Why,
  since: since.toISOString(),
})

type Moved = Omit<Row, 'since' | 'next' | 'segment'> & { isNews: boolean }

const moveOf = ({ kind }: Placing, { debtorId, solvency, band, stance, workflow, exposure, why, isNews }: Moved, from: Position | undefined) => ({
  debtorId,
  from: from ? { solvency: from.solvency, band: from.band, stance: from.stance, workflow: from.workflow } : null,
  solvency,
  band,
  stance,
  workflow,
  exposure,
  why,
  isNews,
  // Of a new installation nothing is proposed by itself: everybody would be, at once.
  isProposed: workflow !== null && kind !== 'first' && workflow !== from?.workflow,
})

async function writeMoves(tx: Db, { placementId, reporting, now }: Placing, moves: ReturnType<typeof moveOf>[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "CreditMove" ("debtorId", "placementId", "from", solvency, band, stance, workflow, exposure, currency, why, at, "isNews", "isProposed")
    SELECT r."debtorId", ${placementId}, NULLIF(r."from", 'null'::jsonb), r.solvency, r.band, r.stance, r.workflow, r.exposure, ${reporting.reporting}, r.why, ${now}, r."isNews", r."isProposed"
    FROM jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) AS r("debtorId" int, "from" jsonb, solvency text, band text, stance text, workflow text,
      exposure numeric, why jsonb, "isNews" boolean, "isProposed" boolean)`
}

async function writePositions(tx: Db, rows: Row[], { currency, version, now }: { currency: string; version: number; now: Date }): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "CreditPosition" ("debtorId", solvency, band, segment, stance, workflow, exposure, currency, why, version, since, "placedAt", next)
    SELECT r."debtorId", r.solvency, r.band, r.segment, r.stance, r.workflow, r.exposure, ${currency}, r.why, ${version}, r.since, ${now}, NULLIF(r.next, 'null'::jsonb)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("debtorId" int, solvency text, band text, segment text, stance text, workflow text,
      exposure numeric, why jsonb, since timestamptz, next jsonb)
    ON CONFLICT ("debtorId") DO UPDATE SET solvency = excluded.solvency, band = excluded.band, segment = excluded.segment, stance = excluded.stance,
      workflow = excluded.workflow, exposure = excluded.exposure, currency = excluded.currency, why = excluded.why, version = excluded.version,
      since = excluded.since, "placedAt" = excluded."placedAt", next = excluded.next`
}
