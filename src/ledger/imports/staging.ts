import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { advisoryLocks, type Database, errorText } from '#platform'

/** The columns of each staging table, in the order in which rows are written. */
const stagedTables = {
  debtor: `line int, adm int, number text, name text, search_name text, country text, language text, company_number text, company_court text, company_given text,
    company_problem text, vat_number text, legal_form text, payment_reference text, collector text, group_name text, imported jsonb, contacts jsonb, credit_limit numeric,
    insured_limit numeric, limit_currency text, insurer text`,
  invoice: `line int, adm int, debtor_number text, number text, search_number text, invoice_date date, due_date date, currency text, amount numeric, open_amount numeric,
    po_number text, order_number text, payment_reference text`,
  payment: `line int, adm int, number text, debtor_number text, received_on date, currency text, amount numeric, text text, invoice_number text, allocated numeric`,
  order: `line int, adm int, debtor_number text, number text, order_date date, currency text, amount numeric, po_number text, status text`,
} as const
export type StagedTable = keyof typeof stagedTables

type StagedCopy = {
  /** Adds one row of COPY text, ended by a newline. */
  write: (row: string) => void
  /** Sends what has gathered; waits when the server is slower than the file. */
  flush: () => Promise<void>
  end: () => Promise<number>
}

export type Staging = {
  /** The quoted name of a staging table, for SQL. */
  table: (name: StagedTable) => string
  copy: (name: StagedTable) => Promise<StagedCopy>
  drop: () => Promise<void>
}

const flushAt = 256 * 1024 // characters

/**
 * Staging tables of one run: unlogged, of its own, gone at its end. They are kept apart from the ledger's tables, so that
 * half a file never shows. Those that a crash left behind are dropped by the next run.
 */
export async function openStaging(database: Database, run: string, tables: StagedTable[]): Promise<Staging> {
  const keeper = new pg.Client({ connectionString: database.url })
  keeper.on('error', () => undefined)
  await keeper.connect()
  const table = (name: StagedTable) => `import_staging."${name}_${run}"`
  const copies = new Set<{ abort: () => void }>()
  try {
    // Held until the run ends, by connection: whoever can take it knows that the run is gone.
    await keeper.query('SELECT pg_advisory_lock(hashtext($1))', [`import-staging ${run}`])
    await keeper.query('BEGIN')
    await keeper.query('SELECT pg_advisory_xact_lock($1)', [advisoryLocks.importStaging])
    await keeper.query('CREATE SCHEMA IF NOT EXISTS import_staging')
    await dropLeftovers(keeper)
    for (const name of tables) await keeper.query(`CREATE UNLOGGED TABLE ${table(name)} (${stagedTables[name]}) WITH (autovacuum_enabled = off)`)
    await keeper.query('COMMIT')
  } catch (error) {
    await keeper.end()
    throw error
  }

  return {
    table,
    copy: async name => {
      const copy = await openCopy(database, table(name))
      copies.add(copy)
      return copy
    },
    drop: async () => {
      for (const copy of copies) copy.abort()
      try {
        await keeper.query(`DROP TABLE IF EXISTS ${tables.map(table).join(', ')}`)
      } finally {
        await keeper.end()
      }
    },
  }
}

async function dropLeftovers(keeper: pg.Client): Promise<void> {
  const { rows } = await keeper.query<{ name: string; run: string }>(
    `SELECT tablename AS name, split_part(tablename, '_', 2) AS run FROM pg_tables WHERE schemaname = 'import_staging'`,
  )
  for (const run of new Set(rows.map(row => row.run))) {
    const { rows: locks } = await keeper.query<{ free: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS free', [`import-staging ${run}`])
    if (!locks[0]?.free) continue
    for (const row of rows) if (row.run === run) await keeper.query(`DROP TABLE IF EXISTS import_staging."${row.name}"`)
    await keeper.query('SELECT pg_advisory_unlock(hashtext($1))', [`import-staging ${run}`])
  }
}

async function openCopy(database: Database, table: string): Promise<StagedCopy & { abort: () => void }> {
  const client = new pg.Client({ connectionString: database.url })
  let failure: Error | undefined
  await client.connect()
  const stream = client.query(copyFrom(`COPY ${table} FROM STDIN`))
  client.on('error', error => stream.destroy(error))
  stream.on('error', error => void (failure ??= error))
  let gathered: string[] = []
  let size = 0
  let isOpen = true

  const send = async () => {
    if (failure) throw new Error(`staging failed: ${errorText(failure)}`, { cause: failure })
    const text = gathered.join('')
    gathered = []
    size = 0
    if (text !== '' && !stream.write(text)) await once(stream, 'drain') // rejects when the stream fails
  }
  return {
    write: row => {
      gathered.push(row)
      size += row.length
    },
    flush: async () => {
      if (size >= flushAt) await send()
    },
    end: async () => {
      await send()
      stream.end()
      await finished(stream)
      await client.query(`ANALYZE ${table}`)
      isOpen = false
      await client.end()
      return stream.rowCount ?? 0
    },
    abort: () => {
      if (!isOpen) return
      isOpen = false
      stream.destroy()
      void client.end().catch(() => undefined)
    },
  }
}

/** An empty value in COPY's text format. */
export const emptyCopy = '\\N'

/** One row of COPY's text format, of values that are safe in it. */
export const copyLine = (values: (string | number)[]): string => `${values.join('\t')}\n`

/** One text as COPY's text format writes it. */
export function copyText(value: string | null): string {
  if (value === null) return emptyCopy
  return special.test(value) ? value.replace(/[\\\n\r\t]/g, character => escapes[character] ?? character) : value
}

const special = /[\\\n\r\t]/
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
