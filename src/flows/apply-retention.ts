import { join } from 'node:path'
import { forgetOldNights } from '#credit'
import { expireRawMail, type Retention } from '#mail'
import { type Clock, type Collected, collectBlobs, type Database, type Log, recordAudit } from '#platform'
import { clearOutboxes, type OutboxConfig } from '#proposals'
import { namedBlobs } from './blob-names.ts'

type RetentionDeps = {
  database: Pick<Database, 'client' | 'pool'>
  clock: Clock
  log: Log
  config: OutboxConfig
  retention: () => Promise<Retention>
}

/** `written`: letters, SMS and files for collection in their folders, and what a crash left of one. */
export type Retained = { mails: Record<string, number>; files: Collected; written: number }

/** The nightly story: raw mails past their age are let go, then the files that nothing names any more are deleted, and those in the folders for others. `dryRun` only counts. */
export async function applyRetention({ database, clock, log, config, retention }: RetentionDeps, dryRun = false): Promise<Retained> {
  const { client, pool } = database
  const rule = await retention()
  const mails = await expireRawMail({ client, clock }, rule, dryRun)
  const files = await collectBlobs({ pool, clock, folder: join(config.DUNCAN_DATA_DIR, 'blobs'), namedBlobs }, dryRun)
  if (!dryRun) await forgetOldNights(client, clock)
  if (!dryRun && files.files > 0)
    await recordAudit(client, { actor: 'duncan', event: 'blobs.collected', subject: 'duncan', detail: { files: files.files, bytes: files.bytes } })
  const daysAgo = (days: number) => clock.now().subtract({ hours: 24 * days })
  const old = { written: rule.outboxDays === undefined ? undefined : daysAgo(rule.outboxDays), halves: daysAgo(1) }
  const written = await clearOutboxes(client, config, old, dryRun)
  log.info(
    { mails: Object.values(mails).reduce((sum, count) => sum + count, 0), files: files.files, bytes: files.bytes, written, dryRun },
    'retention was applied',
  )
  return { mails, files, written }
}
