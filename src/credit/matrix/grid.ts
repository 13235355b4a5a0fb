import { Prisma } from '#platform'
import { defaultCells } from './default-grid.ts'
import type { Cell, Cells, Matrix } from './matrix-schema.ts'

/** Rows that every matrix has below its classes: who has a hard stop, and of whom too little is known to tell a class. */
export const fixedRows = ['stopped', 'unknown'] as const

/** A place in the matrix: the key of a row, and of a column. */
export type Place = { solvency: string; band: string }

/** The keys of the rows: the classes, the best first, and those that every matrix has. */
export const rowsOf = ({ classes }: Pick<Matrix, 'classes'>): string[] => [
  ...Object.entries(classes)
    .toSorted(([, one], [, other]) => other.from - one.from)
    .map(([row]) => row),
  ...fixedRows,
]

/** The columns with where they start, the smallest first. */
export const columnsOf = ({ bands }: Pick<Matrix, 'bands'>): { band: string; from: Prisma.Decimal }[] =>
  Object.entries(bands)
    .map(([band, { from }]) => ({ band, from: new Prisma.Decimal(from) }))
    .toSorted((one, other) => one.from.cmp(other.from))

/** The column of an exposure in the reporting currency. Less than nothing, a credit balance, is in the smallest. */
export function bandOf(matrix: Pick<Matrix, 'bands'>, exposure: Prisma.Decimal): string {
  const columns = columnsOf(matrix)
  return (columns.findLast(({ from }) => exposure.gte(from)) ?? columns[0])?.band ?? ''
}

/** A cell as it stands in cells that may name rows and columns of any name. */
export const cellIn = (cells: Cells, { solvency, band }: Place): Cell | undefined => {
  const row = Object.hasOwn(cells, solvency) ? cells[solvency] : undefined
  return row && Object.hasOwn(row, band) ? row[band] : undefined
}

/** What a place says for a debtor of these segments, the leading one first; `segment`: the one whose own cell it is. */
export function cellOf({ cells, segments }: Pick<Matrix, 'cells' | 'segments'>, place: Place, memberOf: readonly string[] = []): Cell & { segment?: string } {
  for (const segment of memberOf) {
    const own = cellIn(segments[segment] ?? {}, place)
    if (own) return { ...own, segment }
  }
  return cellIn(cells, place) ?? cellIn(defaultCells, place) ?? { stance: 'maintain' } // the settings refuse a matrix with a hole
}
