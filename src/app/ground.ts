import { join } from 'node:path'
import { consoleUrl } from '#chat'
import { flowJobs, watchFigures } from '#flows'
import { outboxJobs } from '#mail'
import { fullSight } from '#people'
import { type Clock, connectDatabase, createBlobs, createMetrics, createOps, createQueue, createSecrets, type Log } from '#platform'
import { readSearchContext } from '#search'
import { createSettings } from '#settings'
import { type AppConfig, settingsKinds } from './config.ts'
import { currentSettings } from './current-settings.ts'

/** What every part stands on. */
export type Ground = Awaited<ReturnType<typeof openGround>>

/** Connects the database; the queue runs nothing yet, and the settings are the shipped ones until they are read. */
export async function openGround({ config, clock, log }: { config: AppConfig; clock: Clock; log: Log }) {
  const timeZone = config.DUNCAN_TIME_ZONE
  const database = await connectDatabase(config)
  const { client } = database
  const metrics = createMetrics()
  const jobSeconds = metrics.histogram('duncan_job_seconds', 'How long jobs run, by kind and outcome', ['kind', 'outcome'])
  const jobKinds = [...flowJobs, ...outboxJobs]
  const queue = createQueue(database, log, jobKinds, (kind, outcome, seconds) => jobSeconds.observe({ kind, outcome }, seconds))
  watchFigures(metrics, { client, clock, timeZone, pool: database.pool })
  const settings = createSettings({ client, kinds: settingsKinds })

  return {
    config,
    clock,
    log,
    timeZone,
    publicUrl: consoleUrl(config),
    database,
    client,
    blobs: createBlobs(join(config.DUNCAN_DATA_DIR, 'blobs')),
    secrets: createSecrets(config),
    metrics,
    queue,
    jobKinds,
    ops: createOps(client, queue),
    settings,
    current: currentSettings(settings),
    /** Searches for Duncan itself, who sees everything. */
    search: (db: Parameters<typeof readSearchContext>[0]) => readSearchContext(db, { sight: fullSight, clock, timeZone }),
  }
}
