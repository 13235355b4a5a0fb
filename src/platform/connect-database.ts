import { join } from 'node:path'
import type { PlatformConfig } from './config.ts'
import { type Database, openDatabase } from './db.ts'
import { ensureDatabase, startEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'

/** Opens the configured database with this release's schema: the server of DATABASE_URL, else the embedded one in the data folder. */
export async function connectDatabase(config: PlatformConfig): Promise<Database> {
  if (config.DATABASE_URL) {
    await migrate(config.DATABASE_URL)
    return openDatabase(config.DATABASE_URL)
  }
  const server = await startEmbeddedPostgres(join(config.DUNCAN_DATA_DIR, 'postgres'))
  try {
    const url = await ensureDatabase(server, 'duncan')
    await migrate(url)
    const database = openDatabase(url)
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
