import { debtorRowInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { cellOf, columnsOf, type Place, rowsOf } from './grid.ts'
import { type NamedPlace, namesOf } from './position.ts'
import { readMatrix } from './rules-in-force.ts'
import type { Stance } from './stance.ts'

/** A cell with the debtors in sight that stand in it. `amount`: what could be lost, in the reporting currency. */
export type CellView = NamedPlace & { stance: Stance; workflow: string | null; debtors: number; amount: Prisma.Decimal }

export type GridView = {
  rows: { key: string; title: string | undefined }[]
  /** `from`: where the column starts. */
  columns: { key: string; title: string | undefined; from: Prisma.Decimal }[]
  /** Row by row, column by column. */
  cells: CellView[]
  /** Currency of the amounts; undefined while nobody has a place. */
  currency: string | undefined
  /** When the debtors were last placed; undefined before the first time. `unplaced`: how many had no place for want of a rate. */
  placement: { at: Date; unplaced: number; currencies: string[] } | undefined
  solvencyBy: 'rating' | 'score' | 'scorecard'
}

type InSight = { sight: Sight; administrationId?: number | undefined }

const positionsInSight = ({ sight, administrationId }: InSight): Prisma.Sql => Prisma.sql`
  FROM "CreditPosition" p JOIN "Debtor" d ON d.id = p."debtorId" JOIN "Administration" a ON a.id = d."administrationId"
  WHERE ${debtorRowInSight(sight, Prisma.raw('d'), Prisma.sql`a.code`)}
    AND ${administrationId === undefined ? Prisma.sql`TRUE` : Prisma.sql`d."administrationId" = ${administrationId}`}`

/** The matrix in force with the debtors in sight, of one administration or of all. */
export async function viewGrid(db: Db, of: InSight): Promise<GridView> {
  const matrix = await readMatrix(db)
  const counts = await db.$queryRaw<(Place & { debtors: number; amount: Prisma.Decimal; currency: string })[]>`
    SELECT p.solvency, p.band, p.currency, count(*)::int AS debtors, sum(p.exposure) AS amount ${positionsInSight(of)} GROUP BY 1, 2, 3`
  const last = await db.creditPlacement.findFirst({ where: { finishedAt: { not: null } }, orderBy: { id: 'desc' } })
  const [rows, columns] = [rowsOf(matrix), columnsOf(matrix)]
  const cells = rows.flatMap(solvency =>
    columns.map(({ band }): CellView => {
      const place = { solvency, band }
      const { stance, workflow } = cellOf(matrix, place)
      const own = counts.filter(count => count.solvency === solvency && count.band === band)
      const amount = own.reduce((sum, count) => sum.add(count.amount), new Prisma.Decimal(0))
      return { ...namesOf(matrix, place), stance, workflow: workflow ?? null, debtors: own.reduce((sum, { debtors }) => sum + debtors, 0), amount }
    }),
  )
  return {
    rows: rows.map(key => ({ key, title: matrix.classes[key]?.title })),
    columns: columns.map(({ band, from }) => ({ key: band, title: matrix.bands[band]?.title, from })),
    cells,
    currency: counts[0]?.currency,
    placement: last?.finishedAt ? { at: last.finishedAt, unplaced: last.unplaced, currencies: last.currencies } : undefined,
    solvencyBy: matrix.solvencyBy,
  }
}

export type DebtorInCell = {
  id: number
  number: string
  name: string
  administration: string
  amount: Prisma.Decimal
  currency: string
  since: Date
  stance: string
}

/** A page of the debtors in sight that stand at a place, the largest exposure first, with the number of all. */
export async function debtorsAt(
  db: Db,
  of: InSight,
  { solvency, band }: Place,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; debtors: DebtorInCell[] }> {
  const where = Prisma.sql`${positionsInSight(of)} AND p.solvency = ${solvency} AND p.band = ${band}`
  const debtors = await db.$queryRaw<DebtorInCell[]>`
    SELECT d.id, d.number, d.name, a.name AS administration, p.exposure AS amount, p.currency, p.since, p.stance ${where} ORDER BY p.exposure DESC, d.name, d.id LIMIT ${limit} OFFSET ${offset}`
  const [all] = await db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${where}`
  return { total: all?.total ?? 0, debtors }
}
