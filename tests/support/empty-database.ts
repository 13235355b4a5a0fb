import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Database } from '#platform'

/** How a database that a test has used becomes as good as new, learnt from one that is. */
export type Emptying = {
  /** Deletes all rows, and writes those that a new database has. */
  sql: string
  /** Of the schema: where it differs, a test has changed it. */
  marks: string
}

// Deleted rows stay in a table's file until it is cleaned: with more of them a new database is the faster one.
const mostRows = 3_000

/** Learns from a new database what it holds. */
export async function learnEmptying(url: string): Promise<Emptying> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(tablesQuery)
  const statements: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ given: string | null }>(`SELECT json_agg(row)::text AS given FROM ${name} AS row`)
    statements.push(`DELETE FROM ${name}`)
    if (rows[0]?.given) statements.push(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, ${pg.escapeLiteral(rows[0].given)})`)
  }
  const marks = marksOf(await client.query(marksQuery))
  await client.end()
  return { sql: statements.join(';'), marks }
}

/** Empties a database; false when it cannot be as good as new: somebody is still connected, or its schema was changed. */
export async function emptyAgain(database: Database, emptying: Emptying): Promise<boolean> {
  const { pool } = database
  try {
    if (await isBusy(pool)) return false
    await pool.query('DROP SCHEMA IF EXISTS import_staging') // an import makes it and leaves it empty
    if (marksOf(await pool.query(marksQuery)) !== emptying.marks) return false
    return (await replaceRows(database, emptying)) <= mostRows
  } catch {
    return false // a test closed it, or may not be a replica on a server of its own
  }
}

/** Leaves the rows of a new database; returns how many were deleted. */
export async function replaceRows({ pool }: Database, { sql }: Emptying): Promise<number> {
  // As a replica does it: no trigger forbids it, no foreign key orders it.
  const results = await pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; ${rewind}; COMMIT`)
  const deletions = (results as unknown as pg.QueryResult[]).filter(({ command }) => command === 'DELETE')
  return deletions.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0)
}

/** Whether connections other than the pool's own last, or one or a lock that outlives its transaction is still in use. */
async function isBusy(pool: Database['pool']): Promise<boolean> {
  for (let tries = 0; tries < 10; tries++) {
    const { rows } = await pool.query(busyQuery, [pool.totalCount])
    if (rows.length === 0) return false
    await sleep(10) // the server notices a moment later that a connection was closed
  }
  return true
}

const marksOf = ({ rows }: pg.QueryResult): string => JSON.stringify(rows)

const tablesQuery = `
  SELECT oid::regclass::text AS name FROM pg_class
  WHERE relkind = 'r' AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`

// A row's xmin changes with its definition; the ids below 16384 are PostgreSQL's own.
const definitionsOf = (catalog: string, id: string, except = '') =>
  `SELECT '${catalog}' AS name, count(*)::text AS many, sum(xmin::text::bigint)::text AS mark FROM ${catalog} WHERE ${id} >= 16384 ${except}`

const marksQuery = [
  definitionsOf('pg_namespace', 'oid', `AND nspname !~ '^pg_'`), // those of temporary tables stay
  definitionsOf('pg_class', 'oid'),
  definitionsOf('pg_attribute', 'attrelid'),
  definitionsOf('pg_constraint', 'oid'),
  definitionsOf('pg_trigger', 'oid'),
  definitionsOf('pg_proc', 'oid'),
  `SELECT 'settings', count(*)::text, '' FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase WHERE datname = current_database()`,
].join(' UNION ALL ')

const busyQuery = `
  SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  HAVING count(*) >= $1 OR count(*) FILTER (WHERE state <> 'idle') > 0
  UNION ALL
  SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE locktype = 'advisory' AND datname = current_database()`

const rewind = `SELECT setval(seqrelid, 1, false) FROM pg_sequence WHERE pg_sequence_last_value(seqrelid) IS NOT NULL`
