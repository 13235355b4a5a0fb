import { Command } from 'commander'
import { forgetOldDeliveries } from '#chat'
import { applyRetention } from '#flows'
import { retentionKind } from '#mail'
import { connectDatabase, silentLog, systemClock } from '#platform'
import { createSettings } from '#settings'
import { readAppConfig, settingsKinds } from '../app.ts'

export function retentionCommand(): Command {
  return new Command('retention').option('--dry-run', 'only say what would go').action(run)
}

async function run({ dryRun = false }: { dryRun?: boolean }): Promise<void> {
  const config = readAppConfig()
  const database = await connectDatabase(config)
  try {
    const settings = createSettings({ client: database.client, kinds: settingsKinds })
    const deps = {
      database,
      clock: systemClock,
      log: silentLog,
      config,
      retention: () => settings.read(retentionKind),
    }
    const { mails, files, written } = await applyRetention(deps, dryRun)
    const would = dryRun ? 'would be ' : ''
    if (Object.keys(mails).length === 0) console.log('No rule says that raw mails go: they are kept.')
    for (const [mailbox, count] of Object.entries(mails)) console.log(`${mailbox}: ${count} raw mails ${would}past their age and let go.`)
    if (files.skipped) console.log('A backup runs: no file is deleted until it is over.')
    else console.log(`${files.files} files that nothing names ${would}deleted, ${Math.ceil(files.bytes / 1_000_000)} MB.`)
    console.log(`${written} letters, SMS and files for collection ${would}deleted from their folders.`)
    const { deliveries, copies } = await forgetOldDeliveries({ client: database.client, clock: systemClock }, dryRun)
    console.log(`${deliveries} deliveries of chat platforms and the places of ${copies} settled cards ${would}forgotten.`)
  } finally {
    await database.close()
  }
}
