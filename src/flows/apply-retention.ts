import { forgetOldNights } from '#credit'
import { expireRawMail, type Retention } from '#mail'
import { type Clock, type Collected, collectBlobs, type Database, type Log, recordAudit } from '#platform'
import { namedBlobs } from './blob-names.ts'

type RetentionDeps = { database: Pick<Database, 'client' | 'pool'>; clock: Clock; log: Log; blobFolder: string; retention: () => Promise<Retention> }

export type Retained = { mails: Record<string, number>; files: Collected }

/** The nightly story: raw mails past their age are let go, then the files that nothing names any more are deleted. `dryRun` only counts. */
export async function applyRetention({ database, clock, log, blobFolder, retention }: RetentionDeps, dryRun = false): Promise<Retained> {
  const { client, pool } = database
  const mails = await expireRawMail({ client, clock }, await retention(), dryRun)
  const files = await collectBlobs({ pool, clock, folder: blobFolder, namedBlobs }, dryRun)
  if (!dryRun) await forgetOldNights(client, clock)
  if (!dryRun && files.files > 0)
    await recordAudit(client, { actor: 'duncan', event: 'blobs.collected', subject: 'duncan', detail: { files: files.files, bytes: files.bytes } })
  log.info({ mails: Object.values(mails).reduce((sum, count) => sum + count, 0), files: files.files, bytes: files.bytes, dryRun }, 'retention was applied')
  return { mails, files }
}
