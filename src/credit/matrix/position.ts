import { debtorInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { type KeptScore, newestScores } from '../scorecard/keep-scores.ts'
import { tagsOf } from '../tags/tags.ts'
import { nextSchema } from './decide-move.ts'
import { cellOf } from './grid.ts'
import type { Matrix } from './matrix-schema.ts'
import { type Why, whySchema } from './row-of.ts'
import { isCreditOn, readMatrix, readScorecard } from './rules-in-force.ts'
import { type Stance, stanceNamed } from './stance.ts'

/** A row and a column as people know them; `title` where the settings have one. */
export type NamedPlace = { solvency: { key: string; title?: string | undefined }; band: { key: string; title?: string | undefined } }

export type PositionView = NamedPlace & {
  stance: Stance
  /** Key of the workflow that the cell names; the one that the debtor is on may be another. */
  workflow: string | null
  /** The segment whose own cell it is. */
  segment: string | null
  /** Open items and open orders, in the reporting currency. */
  exposure: { amount: Prisma.Decimal; currency: string }
  why: Why
  since: Date
  placedAt: Date
  /** The stance before this one. */
  before: { stance: Stance; at: Date } | undefined
  /** A softer place that it moves to on that day, if it holds until then. */
  next: (NamedPlace & { stance: Stance; on: Date }) | undefined
  score: KeptScore | undefined
  tags: { key: string; title: string | undefined }[]
}

/** Where a debtor in sight stands in the decision matrix, with its own score; undefined when it has no place, is out of sight, or credit risk is off. */
export async function positionOf(db: Db, sight: Sight, debtorId: number): Promise<PositionView | undefined> {
  const [row] = await db.$queryRaw<{ debtorId: number }[]>`
    SELECT p."debtorId" FROM "CreditPosition" p WHERE p."debtorId" = ${debtorId} AND ${debtorInSight(sight, Prisma.sql`p."debtorId"`)}`
  if (!row || !(await isCreditOn(db))) return undefined
  const position = await db.creditPosition.findUniqueOrThrow({ where: { debtorId } })
  const [matrix, scorecard] = [await readMatrix(db), await readScorecard(db)]
  const moves = await db.creditMove.findMany({ where: { debtorId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 20 })
  const other = moves.find(({ stance }) => stance !== position.stance)
  const next = nextSchema.nullable().parse(position.next)
  const { stance: softer } = next ? cellOf(matrix, next, position.segment ? [position.segment] : []) : { stance: undefined }
  const tags = (await tagsOf(db, scorecard.tags, [debtorId])).get(debtorId) ?? []
  return {
    ...namesOf(matrix, position),
    stance: stanceNamed(position.stance),
    workflow: position.workflow,
    segment: position.segment,
    exposure: { amount: position.exposure, currency: position.currency },
    why: whySchema.parse(position.why),
    since: position.since,
    placedAt: position.placedAt,
    before: other && { stance: stanceNamed(other.stance), at: moves[moves.indexOf(other) - 1]?.at ?? position.since },
    next: next && softer ? { ...namesOf(matrix, next), stance: softer, on: new Date(Date.parse(next.since) + matrix.softerAfterDays * 86_400_000) } : undefined,
    score: (await newestScores(db, [debtorId])).get(debtorId),
    tags: tags.map(key => ({ key, title: scorecard.tags[key]?.title })),
  }
}

/** A place with the titles that the settings have for its row and column. */
export const namesOf = ({ classes, bands }: Pick<Matrix, 'classes' | 'bands'>, { solvency, band }: { solvency: string; band: string }): NamedPlace => ({
  solvency: { key: solvency, title: classes[solvency]?.title },
  band: { key: band, title: bands[band]?.title },
})
