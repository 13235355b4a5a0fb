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

/**
 * Rows that name the same thing twice: of those that say the same the first line stays, and those that contradict each other are all
 * rejected, since nothing tells which is right. Returns how many were left out for saying nothing new.
 */
export async function rejectRepeats(merge: Merge, name: StagedTable, column: string): Promise<number> {
  const table = merge.table(name)
  const repeated = `SELECT adm, number FROM ${table} GROUP BY adm, number HAVING count(*) > 1`
  const [any] = await rows<BadRow>(merge.tx, `SELECT 1 AS line, '' AS about FROM (${repeated} LIMIT 1) AS any_repeat`)
  if (!any) return 0
  const same = await bulk(
    merge.tx,
    `WITH twice AS (SELECT s.line, row_number() OVER (PARTITION BY to_jsonb(s) - 'line' ORDER BY s.line) AS place FROM ${table} s JOIN (${repeated}) r USING (adm, number))
    DELETE FROM ${table} s USING twice WHERE s.line = twice.line AND twice.place > 1`,
  )
  const query = `SELECT s.line, array_to_string((array_agg(o.line ORDER BY o.line))[1:3], ', ') AS about FROM ${table} s JOIN (${repeated}) r USING (adm, number)
    JOIN ${table} o ON o.adm = s.adm AND o.number = s.number AND o.line <> s.line GROUP BY s.line ORDER BY s.line`
  await rejectStaged(merge, name, column, query, lines => `the number stands on line ${lines} with other values; keep the line that is right`)
  return same
}

/** Rejects new numbers that are known with zeros in front: a spreadsheet took them, and the row would become a second one. */
export async function rejectShortened(
  merge: Merge,
  name: StagedTable,
  { of, column }: { of: 'Debtor' | 'Invoice'; column: 'number' | 'debtor_number' },
): Promise<void> {
  const [any] = await rows<BadRow>(merge.tx, `SELECT 1 AS line, '' AS about FROM "${of}" WHERE number LIKE '0%' LIMIT 1`)
  if (!any) return
  const field = of === 'Debtor' ? 'debtor_number' : 'invoice_number'
  const query = `SELECT s.line, k.number AS about FROM ${merge.table(name)} s
    JOIN "${of}" k ON k."administrationId" = s.adm AND k.number LIKE '0%' AND ltrim(k.number, '0') = s.${column}
    WHERE s.${column} ~ '^[1-9][0-9]*$' AND NOT EXISTS (SELECT FROM "${of}" same WHERE same."administrationId" = s.adm AND same.number = s.${column}) ORDER BY s.line`
  const remedy = (digits: number) => `zeros in front were lost: set "digits: { ${field}: ${digits} }" in the mapping file, or export the column as text`
  await rejectStaged(merge, name, field, query, number => `this number is known as ${number}; ${remedy(number.length)}`)
}

/** Rejects the rows whose debtor the ledger does not know. */
export async function rejectUnknownDebtors(merge: Merge, name: StagedTable): Promise<void> {
  const query = `SELECT s.line, left(s.debtor_number, 40) AS about FROM ${merge.table(name)} s WHERE s.debtor_number IS NOT NULL
    AND NOT EXISTS (SELECT FROM "Debtor" d WHERE d."administrationId" = s.adm AND d.number = s.debtor_number) ORDER BY s.line`
  await rejectStaged(merge, name, 'debtor_number', query, about => `debtor ${about} is not in this administration; import the debtors first`)
}
