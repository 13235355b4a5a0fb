import type { Db, Prisma } from '#platform'
import { type NamedPlace, namesOf } from './position.ts'
import { readMatrix } from './rules-in-force.ts'

/** A move into a cell that names a workflow, which nobody was asked about yet. */
export type MoveToPropose = NamedPlace & { id: number; debtorId: number; workflow: string; stance: string; exposure: Prisma.Decimal; currency: string }

/** The moves whose workflow is still to be proposed, the largest exposure first; of a debtor only the one that brought it where it stands. */
export async function movesToPropose(db: Db, limit: number): Promise<MoveToPropose[]> {
  const matrix = await readMatrix(db)
  const rows = await db.$queryRaw<(Omit<MoveToPropose, 'solvency' | 'band'> & { solvency: string; band: string })[]>`
    SELECT m.id, m."debtorId", m.workflow, m.solvency, m.band, m.stance, m.exposure, m.currency
    FROM "CreditMove" m JOIN "CreditPosition" p ON p."debtorId" = m."debtorId" AND p.since = m.at
    WHERE m."isProposed" AND m."entryId" IS NULL AND m.workflow IS NOT NULL ORDER BY m.exposure DESC, m.id LIMIT ${limit}`
  return rows.map(row => ({ ...row, ...namesOf(matrix, row) }))
}

/** Notes which entry asks about a move; without one there is nothing to ask, as when the debtor is on the workflow already. */
export async function noteProposed(db: Db, moveId: number, entryId: number | undefined): Promise<void> {
  await db.creditMove.update({ where: { id: moveId }, data: entryId === undefined ? { isProposed: false } : { entryId } })
}
