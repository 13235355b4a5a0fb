import { once } from 'node:events'
import { Readable, type Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Blobs } from '../blobs.ts'
import { DuncanError } from '../errors.ts'
import { migrate, migrationNames } from '../migrate.ts'
import type { Opening } from './archive.ts'
import { type BackupSummary, readBackup } from './read-backup.ts'
import { tablesInOrder } from './table-order.ts'
import { isRestoreUnfinished, markRestore } from './unfinished-restore.ts'
import { quoted } from './write-backup.ts'

export type RestoreDeps = {
  /** Of the database that is filled. */
  url: string
  blobs: Blobs
  /** Replaces what the database holds. */
  force: boolean
  onProgress?: (progress: { phase: 'checking' | 'tables' | 'files'; done: number; of: number }) => void
}

/**
 * Fills a database and a blob store from a backup. The whole file is checked before anything is touched; the rows become visible
 * all at once, at the end; afterwards the schema is brought to this release. What was to be done at the time of the backup is not
 * taken up again by this: until somebody has, and says so (`finishRestore`), no Duncan starts on the database. Throws `backup.damaged`, `backup.newer`, `restore.in_use` and `restore.not_empty`.
 */
export async function loadBackup(deps: RestoreDeps, file: string): Promise<BackupSummary> {
  deps.onProgress?.({ phase: 'checking', done: 0, of: 1 })
  const checked = await readBackup(file)
  refuseNewer(checked)
  const client = new pg.Client({ connectionString: deps.url, options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    await requireAlone(client)
    if (await holdsData(client)) {
      if (!deps.force && !(await isRestoreUnfinished(client))) throw notEmpty()
      await markRestore(client)
      await empty(client)
    }
    await markRestore(client)
    await migrate(deps.url, undefined, checked.migrations)
    await client.query('BEGIN')
    const summary = await load(deps, client, file, checked)
    for (const [name, value] of Object.entries(checked.sequences)) await client.query('SELECT setval($1::regclass, $2)', [`public.${quoted(name)}`, value])
    await client.query('COMMIT')
    await client.query('ANALYZE')
    await migrate(deps.url)
    return summary
  } finally {
    await client.end()
  }
}

function refuseNewer({ migrations }: Opening): void {
  const unknown = migrations.find(name => !migrationNames().includes(name))
  if (unknown === undefined) return
  throw new DuncanError('backup.newer', `The backup is of a newer release: it has the migration ${unknown}.`, 'Restore it with that release, or a newer one.')
}

/** Whoever works on the database meanwhile would work on half of it. */
async function requireAlone(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ others: number }>(`
    SELECT count(*)::int AS others FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`)
  const others = rows[0]?.others ?? 0
  if (others === 0) return
  throw new DuncanError('restore.in_use', `${others} other connections are open to this database.`, 'Stop every Duncan that works on it, then restore again.')
}

async function holdsData(client: pg.Client): Promise<boolean> {
  for (const { name } of await tablesInOrder(client)) {
    const { rows } = await client.query<{ any: boolean }>(`SELECT EXISTS (SELECT 1 FROM ${quoted(name)}) AS any`)
    if (rows[0]?.any) return true
  }
  return false
}

const notEmpty = (): DuncanError =>
  new DuncanError(
    'restore.not_empty',
    'The database holds data already; nothing was restored.',
    'Name another place with --into, or give --force to lose what it holds (take a backup of it first).',
  )

/** The trail of what was done refuses to be emptied, so that the schemas go as a whole, the job queue's with them. */
async function empty(client: pg.Client): Promise<void> {
  await client.query('DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
}

async function load({ blobs, onProgress }: RestoreDeps, client: pg.Client, file: string, checked: BackupSummary): Promise<BackupSummary> {
  let open: { table: string; copy: Writable } | undefined
  let [tables, files] = [0, 0]
  const close = async () => {
    if (!open) return
    open.copy.end()
    await finished(open.copy)
    open = undefined
  }
  const openTable = async (table: string): Promise<Writable> => {
    if (open?.table === table) return open.copy
    await close()
    const columns = checked.tables.find(({ name }) => name === table)?.columns ?? []
    onProgress?.({ phase: 'tables', done: tables++, of: checked.tables.length })
    const copy = client.query(copyFrom(`COPY ${quoted(table)} (${columns.map(quoted).join(', ')}) FROM STDIN`))
    copy.on('error', () => undefined) // the next write, or the end, tells it
    open = { table, copy }
    return copy
  }
  const summary = await readBackup(file, {
    onRows: async (table, content) => {
      const copy = await openTable(table)
      for await (const chunk of content) {
        if (copy.errored) throw copy.errored
        if (!copy.write(chunk)) await once(copy, 'drain')
      }
    },
    onBlob: async (_hash, content) => {
      await close()
      if (files++ % 100 === 0) onProgress?.({ phase: 'files', done: files, of: checked.blobs })
      await blobs.put(Readable.from(content))
    },
  })
  await close()
  return summary
}
