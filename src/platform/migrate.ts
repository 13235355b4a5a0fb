import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { advisoryLocks } from './advisory-locks.ts'
import { DuncanError, errorText } from './errors.ts'

const migrationsFolder = join(import.meta.dirname, '../../prisma/migrations')
// The lock that Prisma's own migration command takes, and its bookkeeping table: either tool sees what the other did.
const bookkeeping = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

const listApplied = 'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL'

type Applied = { migration_name: string; checksum: string; finished_at: Date | null }

/** Where a database stands against this release. */
export type MigrationState = {
  applied: string[]
  /** Of this release, not applied yet. */
  missing: string[]
  /** Applied, and not known to this release: a newer one made them. */
  unknown: string[]
}

/** Which migrations the database has, lacks, and has from elsewhere; changes nothing. */
export async function migrationState(db: Pick<pg.Pool | pg.Client, 'query'>, folder = migrationsFolder): Promise<MigrationState> {
  const { rows: table } = await db.query<{ exists: boolean }>(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`)
  const { rows } = table[0]?.exists
    ? await db.query<Pick<Applied, 'migration_name'>>(`${listApplied} AND finished_at IS NOT NULL ORDER BY migration_name`)
    : { rows: [] }
  const [applied, names] = [rows.map(row => row.migration_name), migrationNames(folder)]
  return { applied, missing: names.filter(name => !applied.includes(name)), unknown: applied.filter(name => !names.includes(name)) }
}

/**
 * Brings the database to this release's schema, each migration in one transaction; returns the names applied now. Of several
 * processes at once one does it and the others wait. `only`: no more than these, for a backup of an older release. Throws
 * `migration.unknown` when a newer release made the database, `migration.changed` and `migration.failed`.
 */
export async function migrate(url: string, folder = migrationsFolder, only?: string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLocks.migration]) // ends with the connection
    await client.query(bookkeeping)
    const { rows } = await client.query<Applied>(listApplied)
    return await applyMissing(client, folder, rows, only)
  } finally {
    await client.end()
  }
}

async function applyMissing(client: pg.Client, folder: string, applied: Applied[], only?: string[]): Promise<string[]> {
  const names = migrationNames(folder)
  const unknown = applied.find(row => !names.includes(row.migration_name))
  if (unknown) {
    const remedy = 'Start the release that made it, or a newer one; to go back, restore a backup from before the upgrade (docs/upgrading.md).'
    throw new DuncanError('migration.unknown', `The database has the migration ${unknown.migration_name}, which this release does not know.`, remedy)
  }
  const missing: string[] = []
  for (const name of only ? names.filter(each => only.includes(each)) : names) {
    const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
    const checksum = createHash('sha256').update(sql).digest('hex')
    const before = applied.find(row => row.migration_name === name)
    if (before && (before.checksum !== checksum || !before.finished_at)) {
      throw new DuncanError(
        'migration.changed',
        `The migration ${name} was edited after it was applied, or failed earlier.`,
        'Restore its file from the release.',
      )
    }
    if (before) continue
    await applyOne(client, name, sql, checksum)
    missing.push(name)
  }
  return missing
}

async function applyOne(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      'INSERT INTO "_prisma_migrations"(id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)',
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new DuncanError(
      'migration.failed',
      `The migration ${name} failed: ${errorText(error)}`,
      'Nothing of it was applied; repair the cause and start again.',
      { cause: error },
    )
  }
}

/** Names of the migrations of this release, oldest first. */
export function migrationNames(folder = migrationsFolder): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory())
  return folders.map(entry => entry.name).toSorted()
}
