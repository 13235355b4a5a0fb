import { existsSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Command } from 'commander'
import { namedBlobs } from '#flows'
import {
  backupChunks,
  createBlobs,
  DuncanError,
  migrationState,
  openConfiguredDatabase,
  type PlatformConfig,
  platformConfig,
  readConfig,
  readEnvironment,
  requireRestored,
  systemClock,
} from '#platform'
import { stepProgress } from './backup-progress.ts'

export function backupCommand(): Command {
  return new Command('backup')
    .argument('<file|folder>', 'a file that ends in .tar or .tar.gz, or a folder that gets a file named by the moment')
    .addHelpText(
      'after',
      '\nNot in it, keep them apart: .env, the key of the secrets (DUNCAN_SECRET_KEY, or secret.key in the data folder), copies of invoices, files with rejected rows.\nRead it back with: duncan restore. Exit code 1: files of the blob store were missing or damaged.',
    )
    .action(backup)
}

async function backup(target: string): Promise<void> {
  const config = readConfig(platformConfig, readEnvironment())
  const file = fileOf(target)
  if (existsSync(file)) throw new DuncanError('backup.exists', `${file} is there already.`, 'Name another file; a backup never overwrites one.')
  const database = await openConfiguredDatabase(config)
  const progress = stepProgress()
  try {
    await requireRestored(database.pool)
    if ((await migrationState(database.pool)).missing.length > 0) throw olderDatabase()
    const files = { missing: 0, damaged: 0, blobs: 0, rows: 0 }
    const blobs = createBlobs(join(config.DUNCAN_DATA_DIR, 'blobs'))
    const chunks = backupChunks(
      { database, blobs, clock: systemClock, namedBlobs, onProgress: progress.update },
      ({ contents, missing, damaged, blobs: kept }) => {
        const rows = Object.values(contents).reduce((sum, table) => sum + table.rows, 0)
        Object.assign(files, { missing: missing.length, damaged: damaged.length, blobs: kept, rows })
      },
    )
    await writeWhole(file, Readable.from(chunks))
    progress.stop()
    console.log(`${file}: ${files.rows} rows and ${files.blobs} files, ${Math.ceil(statSync(file).size / 1_000_000)} MB.`)
    for (const line of secretsNote(config)) console.log(line)
    if (files.missing + files.damaged > 0) {
      console.error(`${files.missing} files that the database names were missing from the blob store, ${files.damaged} were damaged; the rest is whole.`)
      process.exitCode = 1
    }
  } finally {
    progress.stop()
    await database.close()
  }
}

const olderDatabase = (): DuncanError =>
  new DuncanError(
    'backup.older',
    'The database is of an older release than this program.',
    'Take the backup with the release that runs on it, or run `duncan migrate` first.',
  )

function fileOf(target: string): string {
  if (/\.(tar|tar\.gz|tgz)$/.test(target)) return resolve(target)
  if (existsSync(target) && statSync(target).isDirectory()) {
    const moment = systemClock.now().toString({ smallestUnit: 'second' }).replaceAll(':', '-')
    return resolve(target, `duncan-${moment}.tar.gz`)
  }
  throw new DuncanError('backup.target', `${target} is neither a folder nor a name that ends in .tar or .tar.gz.`, 'Make the folder first, or name a file.')
}

/** Under its name the file is whole and on the disk, or not there; only its owner reads it, for it holds everybody's mail. */
async function writeWhole(file: string, chunks: Readable): Promise<void> {
  const aside = `${file}.part`
  const handle = await open(aside, 'w', 0o600)
  try {
    const output = handle.createWriteStream({ flush: true })
    if (file.endsWith('.tar')) await pipeline(chunks, output)
    else await pipeline(chunks, createGzip({ level: 1 }), output)
    await rename(aside, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await rm(aside, { force: true })
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    throw new DuncanError(
      'backup.disk_full',
      `The disk under ${dirname(file)} is full; nothing is left of the backup.`,
      'Free space, or name a folder of another disk.',
    )
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function secretsNote({ DUNCAN_SECRET_KEY, DUNCAN_DATA_DIR }: PlatformConfig): string[] {
  const key = DUNCAN_SECRET_KEY ? 'DUNCAN_SECRET_KEY' : join(DUNCAN_DATA_DIR, 'secret.key')
  if (!DUNCAN_SECRET_KEY && !existsSync(key)) return [] // then there are no secrets either
  return [`The sign-ins of mailboxes in it are sealed, and their key is not in it: keep ${key} and .env apart from it, they are needed to restore.`]
}
