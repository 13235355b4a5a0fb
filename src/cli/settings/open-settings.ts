import { connectDatabase, type DbClient, platformConfig, readConfig, readEnvironment } from '#platform'
import { createSettings, type Settings } from '#settings'
import { settingsKinds } from '../../app.ts'

/** Runs the work on the settings of the configured database, and closes it afterwards. */
export async function withSettings<T>(work: (settings: Settings, client: DbClient) => Promise<T>): Promise<T> {
  const database = await connectDatabase(readConfig(platformConfig, readEnvironment()))
  try {
    return await work(createSettings({ client: database.client, kinds: settingsKinds }), database.client)
  } finally {
    await database.close()
  }
}
