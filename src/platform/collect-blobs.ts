import { readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { advisoryLocks } from './advisory-locks.ts'
import type { Clock } from './clock.ts'

type CollectDeps = {
  pool: pg.Pool
  clock: Clock
  /** The blob store. */
  folder: string
  /** SQL that gives the names (`hash`) of the blobs that rows name. */
  namedBlobs: string
}

export type Collected = { files: number; bytes: number; skipped?: 'backup' }

/** A file younger than this may belong to a row that is being written. */
const youngest = 24 * 60 * 60 * 1000

/**
 * Deletes the files of the blob store that no row names: of mails past their age, and what crashes left. Nothing while a backup runs,
 * which may need them. `dryRun` only counts.
 */
export async function collectBlobs({ pool, clock, folder, namedBlobs }: CollectDeps, dryRun = false): Promise<Collected> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [advisoryLocks.blobs])
    if (!rows[0]?.locked) return { files: 0, bytes: 0, skipped: 'backup' }
    await client.query(`CREATE TEMP TABLE named_blobs AS SELECT DISTINCT hash FROM (${namedBlobs}) AS named`)
    await client.query('CREATE UNIQUE INDEX ON named_blobs (hash); ANALYZE named_blobs')
    const before = clock.now().epochMilliseconds - youngest
    const collected: Collected = { files: 0, bytes: 0 }
    for (const { name, isFolder } of await list(folder)) {
      const path = join(folder, name)
      const paths = isFolder ? (await unnamedIn(client, path)).map(file => join(path, file)) : name.endsWith('.part') ? [path] : []
      for (const file of paths) {
        const size = await removeOld(file, before, dryRun)
        if (size === undefined) continue
        collected.files++
        collected.bytes += size
      }
    }
    return collected
  } finally {
    // At once, since the server notices the end of a connection later; one that is gone holds nothing.
    await client.query('SELECT pg_advisory_unlock($1)', [advisoryLocks.blobs]).catch(() => undefined)
    client.release(true) // the temporary table ends with it
  }
}

async function unnamedIn(client: pg.PoolClient, folder: string): Promise<string[]> {
  const files = (await list(folder)).flatMap(({ name, isFolder }) => (!isFolder && /^[0-9a-f]{64}$/.test(name) ? [name] : []))
  const { rows } = await client.query<{ hash: string }>('SELECT hash FROM unnest($1::text[]) AS file(hash) WHERE hash NOT IN (SELECT hash FROM named_blobs)', [
    files,
  ])
  return rows.map(({ hash }) => hash)
}

async function list(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.map(entry => ({ name: entry.name, isFolder: entry.isDirectory() }))
}

/** Looks at the age last thing before: a file that is put again meanwhile is as new (see `put`). */
async function removeOld(file: string, before: number, dryRun: boolean): Promise<number | undefined> {
  const found = await stat(file).catch(() => undefined)
  if (!found || found.mtimeMs >= before) return undefined
  if (!dryRun) await unlink(file)
  return found.size
}
