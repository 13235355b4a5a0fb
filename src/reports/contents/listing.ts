import { Prisma } from '#platform'
import type { Cell, Column, Reading, Report } from '../report.ts'
import type { ReportWords } from '../words/index.ts'

/** A column with its SQL, and how a code is said in words. */
export type ListColumn = Column & { sql: (reading: Reading) => Prisma.Sql; said?: (code: string, say: ReportWords) => string }

type Listing = {
  columns: readonly ListColumn[]
  /** The ids of what is listed, in their order: a SELECT of one column `id`. */
  ids: (reading: Reading) => Prisma.Sql
  /** Joins that follow the ids `o`, and for several rows of one id their order. */
  joins: (reading: Reading) => Prisma.Sql
  order?: Prisma.Sql
}

const batch = 2_000

/** A report of as many rows as there are: ids first, which are small, then their rows batch by batch. */
export function listing({ columns, ids, joins, order }: Listing): Pick<Report, 'columns' | 'rows'> {
  async function* rows(reading: Reading): AsyncGenerator<Cell[][]> {
    const found = await reading.db.$queryRaw<{ ids: number[] | null }[]>`SELECT array_agg(list.id) AS ids FROM (${ids(reading)}) AS list`
    const all = found[0]?.ids ?? []
    const cells = cellsOf(columns, reading)
    for (let start = 0; start < all.length; start += batch) {
      const some = all.slice(start, start + batch)
      const read = await reading.db.$queryRaw<{ cells: string }[]>`SELECT ${cells} AS cells
        FROM unnest(${some}::int[]) WITH ORDINALITY AS o(id, place) ${joins(reading)} ORDER BY o.place${order ? Prisma.sql`, ${order}` : Prisma.empty}`
      yield read.map(row => saidCells(JSON.parse(row.cells) as Cell[], columns, reading.say))
    }
  }
  return { columns, rows }
}

/** One row's cells as the text of a JSON list. */
export const cellsOf = (columns: readonly ListColumn[], reading: Reading): Prisma.Sql =>
  Prisma.sql`json_build_array(${Prisma.join(columns.map(({ sql }) => Prisma.sql`(${sql(reading)})::text`))})::text`

/** The cells with what is said in words in the place of codes. */
const saidCells = (cells: Cell[], columns: readonly ListColumn[], say: ReportWords): Cell[] =>
  cells.map((cell, index) => (cell === null ? null : (columns[index]?.said?.(cell, say) ?? cell)))

/** The columns that say whose a row is; `d`, `administration` and `s`, who sees to the debtor, are joined. */
export const debtorColumns: readonly ListColumn[] = [
  { id: 'administration', kind: 'text', sql: () => Prisma.sql`administration.name` },
  { id: 'number', kind: 'text', sql: () => Prisma.sql`d.number` },
  { id: 'debtor', kind: 'text', sql: () => Prisma.sql`d.name` },
  { id: 'collector', kind: 'text', sql: () => Prisma.sql`COALESCE(s.name, d.collector)` },
]

/** Joins whose a row is to the column of a debtor's id. */
export const joinDebtor = (debtorId: Prisma.Sql): Prisma.Sql => Prisma.sql`JOIN "Debtor" d ON d.id = ${debtorId}
  JOIN "Administration" administration ON administration.id = d."administrationId" LEFT JOIN "Staff" s ON s.key = lower(d.collector)`

/** The ids of the debtors in sight that the search fits. */
export const fitting = ({ debtors }: Reading): Prisma.Sql => Prisma.sql`SELECT d.id FROM ${debtors}`

/** The day of the report as SQL. */
export const today = ({ context }: Reading): Prisma.Sql => Prisma.sql`${context.today.toString()}::date`
