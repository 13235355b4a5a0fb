import { createHash } from 'node:crypto'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { advisoryLocks } from '../advisory-locks.ts'
import type { Blobs } from '../blobs.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db.ts'
import { migrationState } from '../migrate.ts'
import { type Closing, endOfArchive, entry, type Opening } from './archive.ts'
import { tablesInOrder } from './table-order.ts'

export type BackupDeps = {
  database: Pick<Database, 'pool'>
  blobs: Blobs
  clock: Clock
  /** SQL that gives the names (`hash`) of the blobs that rows name. */
  namedBlobs: string
  onProgress?: (progress: BackupProgress) => void
}

export type BackupProgress = { phase: 'tables' | 'files'; done: number; of: number }

const partSize = 8 * 1024 * 1024

/**
 * The bytes of a backup: every table as of one moment, then the files of the blob store that its rows name, which never change.
 * The job queue is not part of it: what is to be done follows from the rows (see flows/resume-after-restore).
 * `report` receives what complete.json says, at the end.
 */
export async function* backupChunks(deps: BackupDeps, report: (closing: Closing) => void): AsyncGenerator<Buffer> {
  const client = await deps.database.pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock_shared($1)', [advisoryLocks.blobs])
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const begun = await describeDatabase(client, deps.clock)
    yield* jsonEntry('backup.json', begun)

    const contents: Closing['contents'] = {}
    for (const [index, { name, columns }] of begun.tables.entries()) {
      deps.onProgress?.({ phase: 'tables', done: index, of: begun.tables.length })
      contents[name] = yield* tableEntries(client, name, columns)
    }
    const { rows } = await client.query<{ hash: string }>(`SELECT DISTINCT hash FROM (${deps.namedBlobs}) AS named WHERE hash ~ '^[0-9a-f]{64}$' ORDER BY hash`)
    await client.query('COMMIT')
    const files = yield* blobEntries(
      deps,
      rows.map(({ hash }) => hash),
    )

    const closing = { contents, ...files }
    yield* jsonEntry('complete.json', closing)
    yield endOfArchive
    report(closing)
  } finally {
    client.release(true) // its locks, and a snapshot that an error left open, end with the connection
  }
}

async function describeDatabase(client: pg.PoolClient, clock: Clock): Promise<Opening> {
  const { applied } = await migrationState(client)
  const tables = await tablesInOrder(client)
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `SELECT sequencename AS name, last_value AS value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL`,
  )
  const sequences = Object.fromEntries(rows.map(({ name, value }) => [name, Number(value)]))
  return { format: 1, createdAt: clock.now().toString(), migrations: applied, tables, sequences }
}

/** A table's rows in PostgreSQL's COPY text, in parts: how long the whole will be is not known at its beginning. */
async function* tableEntries(client: pg.PoolClient, name: string, columns: string[]): AsyncGenerator<Buffer, Closing['contents'][string]> {
  const sum = createHash('sha256')
  const stream = client.query(copyTo(`COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) TO STDOUT`))
  let [held, size, part] = [[] as Buffer[], 0, 0]
  const flush = () => {
    const [chunks, bytes] = [held, size]
    ;[held, size] = [[], 0]
    return entry(`tables/${name}/${String(part++).padStart(6, '0')}.copy`, bytes, chunks)
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sum.update(chunk)
    held.push(chunk)
    size += chunk.length
    if (size >= partSize) yield* flush()
  }
  if (size > 0) yield* flush()
  return { rows: stream.rowCount, sha256: sum.digest('hex') }
}

async function* blobEntries({ blobs, onProgress }: BackupDeps, hashes: string[]): AsyncGenerator<Buffer, Omit<Closing, 'contents'>> {
  const files: Omit<Closing, 'contents'> = { blobs: 0, missing: [], damaged: [] }
  for (const [index, hash] of hashes.entries()) {
    if (index % 100 === 0) onProgress?.({ phase: 'files', done: index, of: hashes.length })
    const size = await blobs.size(hash)
    if (size === undefined) {
      files.missing.push(hash)
      continue
    }
    const sum = createHash('sha256')
    const summed = async function* () {
      for await (const chunk of blobs.stream(hash) as AsyncIterable<Buffer>) {
        sum.update(chunk)
        yield chunk
      }
    }
    yield* entry(`blobs/${hash.slice(0, 2)}/${hash}`, size, summed())
    files.blobs++
    if (sum.digest('hex') !== hash) files.damaged.push(hash)
  }
  return files
}

function jsonEntry(path: string, value: unknown): AsyncGenerator<Buffer> {
  const content = Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
  return entry(path, content.length, [content])
}

/** An identifier for SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
