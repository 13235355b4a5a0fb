import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { flowJobs, type Resumed, resumeAfterRestore } from '#flows'
import { outboxJobs } from '#mail'
import {
  createBlobs,
  createQueue,
  type Database,
  finishRestore,
  loadBackup,
  openConfiguredDatabase,
  type PlatformConfig,
  platformConfig,
  readConfig,
  readEnvironment,
  sealAudit,
  silentLog,
  systemClock,
  verifyAudit,
} from '#platform'
import { stepProgress } from './backup-progress.ts'

export function restoreCommand(): Command {
  return new Command('restore')
    .argument('<file>', 'what `duncan backup` wrote')
    .option('--into <place>', 'URL of a PostgreSQL database, or a data folder with an embedded one; by default those of the settings')
    .option('--force', 'replace what the database holds')
    .addHelpText(
      'after',
      '\nNothing that may have been sent since the backup is sent again: such mails are shown as unknown, and a person decides.\nExit code 1: restored, but the audit trail is not whole.',
    )
    .action(restore)
}

async function restore(file: string, { into, force = false }: { into?: string; force?: boolean }): Promise<void> {
  const config = placeOf(readConfig(platformConfig, readEnvironment()), into)
  mkdirSync(config.DUNCAN_DATA_DIR, { recursive: true })
  const database = await openConfiguredDatabase(config)
  const progress = stepProgress()
  try {
    const blobs = createBlobs(join(config.DUNCAN_DATA_DIR, 'blobs'))
    const { createdAt, contents, blobs: files } = await loadBackup({ url: database.url, blobs, force, onProgress: progress.update }, file)
    progress.stop()
    const rows = Object.values(contents).reduce((sum, table) => sum + table.rows, 0)
    console.log(`Restored the backup of ${createdAt}: ${rows} rows and ${files} files.`)
    for (const line of resumedLines(await resume(database, createdAt))) console.log(line)
    await finishRestore(database.pool)
    await printTrail(database)
  } finally {
    progress.stop()
    await database.close()
  }
}

const placeOf = (config: PlatformConfig, into: string | undefined): PlatformConfig => {
  if (into === undefined) return config
  return /^postgres(ql)?:/.test(into) ? { ...config, DATABASE_URL: into } : { ...config, DATABASE_URL: undefined, DUNCAN_DATA_DIR: into }
}

async function resume(database: Database, backupOf: string): Promise<Resumed> {
  const queue = createQueue(database, silentLog, [...flowJobs, ...outboxJobs])
  await queue.start()
  try {
    return await resumeAfterRestore({ client: database.client, queue, clock: systemClock }, backupOf)
  } finally {
    await queue.stop()
  }
}

function resumedLines({ toRead, toDo, doubtful }: Resumed): string[] {
  return [
    `After the next start ${toRead} mails are read and ${toDo} approved actions are carried out.`,
    ...(doubtful > 0 ? [`${doubtful} mails may have left since the backup: they are looked for in the Sent folder, and none is sent without a person.`] : []),
    'What was decided after the backup is lost. No mail leaves before the mailboxes have told what was sent since: `duncan sending` says how far that is.',
    'Staff and rights are those of the backup; everybody signs in anew.',
    'The key of the secrets and .env are not in a backup: put them back before you start Duncan.',
  ]
}

async function printTrail({ client }: Database): Promise<void> {
  while ((await sealAudit(client)) > 0);
  const verdict = await verifyAudit(client)
  if (verdict.ok) return console.log(`The audit trail is whole: ${verdict.sealed} entries.`)
  console.error(`The audit trail is broken at entry ${verdict.entry}: ${verdict.problem}.`)
  console.error('→ It was so when the backup was taken; find out who had access to the database.')
  process.exitCode = 1
}
