import { Command } from 'commander'
import { migrate, migrationState, openConfiguredDatabase, platformConfig, readConfig, readEnvironment, requireRestored } from '#platform'

export function migrateCommand(): Command {
  return new Command('migrate').option('--status', 'only say where the database stands; exit code 1 when it is not at this release').action(run)
}

async function run({ status }: { status?: true }): Promise<void> {
  const database = await openConfiguredDatabase(readConfig(platformConfig, readEnvironment()))
  try {
    await requireRestored(database.pool)
    const state = await migrationState(database.pool)
    if (status) {
      console.log(`${state.applied.length} migrations applied${state.applied.length > 0 ? `, the newest ${state.applied.at(-1)}` : ''}.`)
      for (const name of state.missing) console.log(`  missing  ${name}`)
      for (const name of state.unknown) console.log(`  unknown  ${name}: a newer release made it; start that one`)
      process.exitCode = state.missing.length + state.unknown.length > 0 ? 1 : 0
      return
    }
    const applied = await migrate(database.url)
    console.log(applied.length === 0 ? 'The database is at this release.' : `Applied ${applied.length} migrations: ${applied.join(', ')}.`)
  } finally {
    await database.close()
  }
}
