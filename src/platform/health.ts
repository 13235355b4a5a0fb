import type { Database } from './db.ts'
import { type MigrationState, migrationState } from './migrate.ts'
import type { Queue } from './queue.ts'

/** Whether this process can do its work; if not, why, in words without secrets. */
export type Readiness = { ready: true } | { ready: false; problems: string[] }

type ReadinessDeps = { database: Pick<Database, 'pool'>; queue: Pick<Queue, 'isRunning'>; patience?: number }

/** Looks whether the database answers (within `patience` milliseconds), has this release's schema, and whether the job queue runs. */
export async function readiness({ database, queue, patience = 2_000 }: ReadinessDeps): Promise<Readiness> {
  const problems = await databaseProblems(database, patience)
  if (!queue.isRunning()) problems.push('the job queue does not run: Duncan is starting or stopping')
  return problems.length === 0 ? { ready: true } : { ready: false, problems }
}

async function databaseProblems({ pool }: Pick<Database, 'pool'>, patience: number): Promise<string[]> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('no answer')), patience)
  try {
    return schemaProblems(await Promise.race([migrationState(pool), tooLate]))
  } catch {
    return ['the database does not answer'] // why stands in the log; the text of the fault may name hosts and users
  } finally {
    clearTimeout(timer)
  }
}

function schemaProblems({ missing, unknown }: MigrationState): string[] {
  if (unknown.length > 0) return ['the database belongs to a newer release']
  return missing.length > 0 ? [`the database lacks ${missing.length} migrations of this release`] : []
}
