import { z } from 'zod'
import { debtorsInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { type NamedPlace, namesOf } from './position.ts'
import { type Why, whySchema } from './row-of.ts'
import { readMatrix } from './rules-in-force.ts'
import { type Stance, stanceNamed } from './stance.ts'

export type MoveView = NamedPlace & {
  id: number
  administrationId: number
  debtor: { id: number; number: string; name: string }
  /** Undefined for one that had no place before. */
  from: (NamedPlace & { stance: Stance }) | undefined
  stance: Stance
  workflow: string | null
  amount: Prisma.Decimal
  currency: string
  why: Why
}

/** Lets the card of a night tell of the moves that nobody was told of yet, and returns how many; those of a new installation or new rules have a card of their own. */
export async function claimMoves(db: Db, runId: number): Promise<number> {
  return db.$executeRaw`
    UPDATE "CreditMove" m SET "runId" = ${runId} FROM "CreditPlacement" l
    WHERE l.id = m."placementId" AND l.kind NOT IN ('first', 'settings') AND m."isNews" AND m."runId" IS NULL`
}

/** The moves that the card of a night, or that of a placement, tells of, the largest exposure first. */
export async function viewMoves(db: Db, of: { runId: number } | { placementId: number }): Promise<MoveView[]> {
  const matrix = await readMatrix(db)
  const where = 'runId' in of ? Prisma.sql`m."runId" = ${of.runId}` : Prisma.sql`m."placementId" = ${of.placementId} AND m."from" IS NOT NULL`
  const rows = await db.$queryRaw<MoveRow[]>`
    SELECT m.id, m."debtorId", d.number, d.name, d."administrationId", m."from", m.solvency, m.band, m.stance, m.workflow, m.exposure, m.currency, m.why
    FROM "CreditMove" m JOIN "Debtor" d ON d.id = m."debtorId" WHERE m."isNews" AND ${where} ORDER BY m.exposure DESC, d.name, m.id`
  return rows.map(row => {
    const from = fromSchema.nullable().parse(row.from)
    return {
      ...namesOf(matrix, row),
      id: row.id,
      administrationId: row.administrationId,
      debtor: { id: row.debtorId, number: row.number, name: row.name },
      from: from ? { ...namesOf(matrix, from), stance: stanceNamed(from.stance) } : undefined,
      stance: stanceNamed(row.stance),
      workflow: row.workflow,
      amount: row.exposure,
      currency: row.currency,
      why: whySchema.parse(row.why),
    }
  })
}

/** Those of the moves whose debtors are in sight. */
export async function movesInSight(db: Db, sight: Sight, moves: readonly MoveView[]): Promise<MoveView[]> {
  if (moves.length === 0) return []
  const seen = await db.debtor.findMany({ where: { id: { in: moves.map(({ debtor }) => debtor.id) }, ...debtorsInSight(sight) }, select: { id: true } })
  const ids = new Set(seen.map(({ id }) => id))
  return moves.filter(({ debtor }) => ids.has(debtor.id))
}

const fromSchema = z.object({ solvency: z.string(), band: z.string(), stance: z.string() })

type MoveRow = {
  id: number
  debtorId: number
  number: string
  name: string
  administrationId: number
  from: unknown
  solvency: string
  band: string
  stance: string
  workflow: string | null
  exposure: Prisma.Decimal
  currency: string
  why: unknown
}
