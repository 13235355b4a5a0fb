import { connectDatabase, type Database, platformConfig, readConfig, readEnvironment } from '#platform'

/** Does a command's work on the configured database, and closes it whatever happens. */
export async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await connectDatabase(readConfig(platformConfig, readEnvironment()))
  try {
    await work(database)
  } finally {
    await database.close()
  }
}
