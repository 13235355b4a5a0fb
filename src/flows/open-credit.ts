import { alertsKind, type Credit, type CreditConfig, createCredit, creditKind } from '#credit'
import { fullSight } from '#people'
import type { Clock, Database, Log, Queue } from '#platform'
import { readSearchContext, segmentsOf } from '#search'
import type { Settings } from '#settings'

type OpenDeps = {
  database: Database
  clock: Clock
  log: Log
  config: CreditConfig & { DUNCAN_TIME_ZONE: string }
  queue: Pick<Queue, 'sendMany'>
  settings: Pick<Settings, 'read'>
}

/** Credit risk by the settings as they stand at each run, with the segments that alert rules may name. */
export function openCredit({ settings, ...deps }: OpenDeps): Credit {
  const timeZone = deps.config.DUNCAN_TIME_ZONE
  return createCredit({
    ...deps,
    timeZone,
    rules: () => settings.read(creditKind),
    alertRules: () => settings.read(alertsKind),
    segmentsOf: async (db, debtorId) => {
      const context = await readSearchContext(db, { sight: fullSight, clock: deps.clock, timeZone })
      return (await segmentsOf(db, context, debtorId)).map(({ key }) => key)
    },
  })
}
