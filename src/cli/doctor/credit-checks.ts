import { type BureauCheck, creditKind } from '#credit'
import { openCredit } from '#flows'
import { type Database, silentLog, systemClock } from '#platform'
import { createSettings } from '#settings'
import { type AppConfig, settingsKinds } from '../../app.ts'
import type { Check, Finding } from './run-checks.ts'

/** Whether each credit bureau of the settings is there, by what costs nothing. */
export async function creditChecks(config: AppConfig, database: Database): Promise<Check[]> {
  const settings = createSettings({ client: database.client, kinds: settingsKinds })
  const rules = await settings.read(creditKind).catch(() => undefined)
  if (!rules?.on) return [{ name: 'credit bureaus', run: async () => 'off' }]
  const nobody = { sendMany: async () => undefined }
  const credit = openCredit({ database, clock: systemClock, log: silentLog, config, queue: nobody, settings })
  let asked: Promise<BureauCheck[]> | undefined
  return Object.keys(rules.bureaus).map(name => ({
    name: `credit bureau ${name}`,
    run: async () => findingOf((await (asked ??= credit.check())).find(check => check.name === name)),
  }))
}

function findingOf(check: BureauCheck | undefined): Finding {
  if (!check) return 'no longer in the settings'
  if (check.is === 'fault') throw check.fault
  if (check.is === 'quotas') {
    const left = check.quotas.map(({ country, paid, used }) => `${country} ${paid - used} of ${paid}`).join(', ')
    const spent = check.quotas.filter(({ paid, used }) => used >= paid).map(({ country }) => country)
    if (spent.length === 0) return `connected; paid reports left: ${left || 'it does not say'}`
    return { warning: `no paid report is left for ${spent.join(', ')} (${left}).`, remedy: 'Companies there wait until the contract has more reports.' }
  }
  const { file } = check
  const written = file.changedAt.toString({ smallestUnit: 'minute' })
  const found = `${file.name} of ${written} has ${file.companies} companies`
  if (file.isOld) return { warning: `${found}; that is older than it should be.`, remedy: 'See why no newer file arrives, or set maxAgeDays in its settings.' }
  if (file.faultCount === 0) return found
  return {
    warning: `${found}; rows left out: ${file.faultCount} (${file.faults.slice(0, 3).join('; ')}).`,
    remedy: 'Have them corrected by who delivers the file.',
  }
}
