import { join } from 'node:path'
import { requireRestored } from './backup/unfinished-restore.ts'
import type { PlatformConfig } from './config.ts'
import { type Database, openDatabase } from './db.ts'
import { ensureDatabase, startEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'

type Place = Pick<PlatformConfig, 'DATABASE_URL' | 'DUNCAN_DATA_DIR'>

/** Opens the configured database with this release's schema: the server of DATABASE_URL, else the embedded one in the data folder. Throws `restore.unfinished`. */
export async function connectDatabase(config: Place): Promise<Database> {
  const database = await openConfiguredDatabase(config)
  try {
    await requireRestored(database.pool)
    await migrate(database.url)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The same database as it is: whatever release made it, or empty. */
export async function openConfiguredDatabase({ DATABASE_URL, DUNCAN_DATA_DIR }: Place): Promise<Database> {
  if (DATABASE_URL) return openDatabase(DATABASE_URL)
  const server = await startEmbeddedPostgres(join(DUNCAN_DATA_DIR, 'postgres'))
  try {
    const database = openDatabase(await ensureDatabase(server, 'duncan'))
    return {
      ...database,
      close: async () => {
        await database.close()
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
