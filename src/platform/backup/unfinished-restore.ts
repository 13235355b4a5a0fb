import type pg from 'pg'
import { DuncanError } from '../errors.ts'

// From before a restore touches a database until it has seen to everything, an empty schema marks it: that outlives the tables, and
// a process that is killed leaves it behind.
const mark = 'duncan_restore'
type Connection = Pick<pg.Client | pg.Pool, 'query'>

export const markRestore = (db: Connection): Promise<unknown> => db.query(`CREATE SCHEMA IF NOT EXISTS ${mark}`)

/** Says that a restore has seen to everything; before that no Duncan starts on the database. */
export const finishRestore = (db: Connection): Promise<unknown> => db.query(`DROP SCHEMA IF EXISTS ${mark}`)

export async function isRestoreUnfinished(db: Connection): Promise<boolean> {
  const { rows } = await db.query<{ marked: boolean }>('SELECT to_regnamespace($1) IS NOT NULL AS marked', [mark])
  return rows[0]?.marked ?? false
}

/** Throws `restore.unfinished` for a database whose restore was broken off, or still runs. */
export async function requireRestored(db: Connection): Promise<void> {
  if (!(await isRestoreUnfinished(db))) return
  throw new DuncanError(
    'restore.unfinished',
    'This database is half restored: a restore into it was broken off, or still runs.',
    'Run the same `duncan restore` again; it begins anew.',
  )
}
