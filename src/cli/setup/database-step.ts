import { connectDatabase, type Database, DuncanError, errorText, platformConfig, readConfig, readEnvironment } from '#platform'
import type { Ask } from './ask.ts'
import { writeEnv } from './write-env.ts'

/** Asks where everything is kept, tries it, and writes it down. Returns the database, with this release's tables. */
export async function chooseDatabase(ask: Ask, say: (text: string) => void, envFile: string): Promise<Database> {
  const kind = await ask.choose(
    'database.kind',
    'Where shall Duncan keep its data?',
    [
      { value: 'embedded', name: 'in a folder here: Duncan runs its own PostgreSQL' },
      { value: 'server', name: 'on a PostgreSQL server of yours (16 or newer)' },
    ],
    'embedded',
  )
  const folder = await ask.text('database.folder', 'Folder for mails, imports and the database', { initial: readEnvironment().DUNCAN_DATA_DIR ?? 'data' })
  const url = kind === 'server' ? await ask.text('database.url', 'Its address', { check: asAddress, initial: readEnvironment().DATABASE_URL }) : undefined
  const wanted = { DUNCAN_DATA_DIR: folder, ...(url && { DATABASE_URL: url }) }
  say(kind === 'server' ? 'Connecting ...' : 'Starting the database; the first time takes a few seconds ...')
  const database = await tryDatabase(wanted)
  try {
    const kept = await writeEnv(envFile, wanted, ask)
    if (kept.length > 0) say(`! ${kept.join(', ')} stayed as it was in ${envFile}; what follows goes to the database that you named here.`)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The database of the env file, for the steps after the first. */
export const openChosen = (): Promise<Database> => connectDatabase(readConfig(platformConfig, readEnvironment()))

async function tryDatabase(wanted: { DUNCAN_DATA_DIR: string; DATABASE_URL?: string }): Promise<Database> {
  try {
    return await connectDatabase({ DUNCAN_DATA_DIR: wanted.DUNCAN_DATA_DIR, DATABASE_URL: wanted.DATABASE_URL })
  } catch (error) {
    if (error instanceof DuncanError) throw error
    const remedy = wanted.DATABASE_URL
      ? 'Check host, port, user and password, and that the user owns the database: CREATE DATABASE duncan OWNER <user>.'
      : 'Choose a folder that you may write to, on a disk with room, and not as root where PostgreSQL refuses that.'
    throw new DuncanError('setup.database', `The database does not open: ${errorText(error).replace(/:\/\/[^@\s]*@/, '://***@')}`, remedy, { cause: error })
  }
}

const asAddress = (text: string): string | undefined =>
  /^postgres(?:ql)?:\/\//.test(text) ? undefined : 'it looks like postgres://user:password@host:5432/duncan.'
