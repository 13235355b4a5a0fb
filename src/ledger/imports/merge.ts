import type { Db } from '#platform'
import type { Administrations } from './administrations.ts'
import type { RowReader } from './compile-rows.ts'
import type { ImportCounts, ImportSample } from './import-result.ts'
import type { Mapping } from './mapping.ts'
import type { StagedTable } from './staging.ts'

/** What the steps of one run's transaction work with. */
export type Merge = {
  tx: Db
  mapping: Mapping
  reader: Pick<RowReader, 'has'>
  administrations: Administrations
  counts: ImportCounts
  /** Name of a staging table, for SQL. */
  table: (name: StagedTable) => string
  /** This moment, ISO, for SQL. */
  now: string
  today: string
  runId: number | null
  /** Takes a row out of the run: it goes to the reject file. */
  rejectRow: (line: number, column: string, problem: string) => void
  /** Keeps some rows of a query with `key`, `old` and `new` for the diff of a dry run; does nothing in a real run. */
  sample: (subject: ImportSample['subject'], change: ImportSample['change'], query: string) => Promise<void>
}

// Names in these statements are this folder's own and values are numbers or dates that it made: nothing of the file is in them.
/** Runs one statement; returns the number of rows it touched. */
export const bulk = (tx: Db, sql: string): Promise<number> => tx.$executeRawUnsafe(sql)

export const rows = <T>(tx: Db, sql: string): Promise<T[]> => tx.$queryRawUnsafe<T[]>(sql)

/** The first column `n` of the first row. */
export async function count(tx: Db, sql: string): Promise<number> {
  const [row] = await rows<{ n: number | null }>(tx, sql)
  return row?.n ?? 0
}

type BadRow = { line: number; about: string }

/** Rejects the staged rows that a query finds (`line`, `about`) and takes them out of the staging table. */
export async function rejectStaged(merge: Merge, name: StagedTable, column: string, query: string, problem: (about: string) => string): Promise<void> {
  const bad = await rows<BadRow>(merge.tx, query)
  if (bad.length === 0) return
  for (const row of bad) merge.rejectRow(row.line, column, problem(row.about))
  const lines = bad.map(row => row.line)
  await merge.tx.$executeRawUnsafe(
    `WITH gone AS (DELETE FROM ${merge.table(name)} WHERE line = ANY($1::int[]) RETURNING adm, number) INSERT INTO ${rejectedKeys} SELECT adm, number FROM gone`,
    lines,
  )
}

/** The administration and number of every rejected row: a full export names them, so they are not missing from it. */
export const rejectedKeys = 'pg_temp.rejected_key'

/** Rejects the later lines of rows that name the same thing twice. */
export async function rejectRepeats(merge: Merge, name: StagedTable, column: string): Promise<void> {
  const table = merge.table(name)
  const query = `SELECT s.line, twice.line::text AS about FROM ${table} s
    JOIN (SELECT adm, number, min(line) AS line FROM ${table} GROUP BY adm, number HAVING count(*) > 1) twice USING (adm, number)
    WHERE s.line > twice.line ORDER BY s.line`
  await rejectStaged(merge, name, column, query, line => `the number stands on line ${line} already; keep one of them`)
}

/** Rejects the rows whose debtor the ledger does not know. */
export async function rejectUnknownDebtors(merge: Merge, name: StagedTable): Promise<void> {
  const query = `SELECT s.line, left(s.debtor_number, 40) AS about FROM ${merge.table(name)} s WHERE s.debtor_number IS NOT NULL
    AND NOT EXISTS (SELECT FROM "Debtor" d WHERE d."administrationId" = s.adm AND d.number = s.debtor_number) ORDER BY s.line`
  await rejectStaged(merge, name, 'debtor_number', query, about => `debtor ${about} is not in this administration; import the debtors first`)
}
