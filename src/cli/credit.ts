import { Command, InvalidArgumentError } from 'commander'
import { alertRaised, alertsKind, type BureauNight, type BureauStatus, type Credit, creditConfig, creditKind, type NightCounts } from '#credit'
import { openCredit } from '#flows'
import { createQueue, DuncanError, platformConfig, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { createSettings } from '#settings'
import { type CoverageRow, coverageLines, readCoverage } from './credit-coverage.ts'
import { printTable } from './print-table.ts'
import { withDatabase } from './with-database.ts'

/** `duncan credit`, and `duncan creditsafe` as it was called when there was one bureau. */
export function creditCommand(name: 'credit' | 'creditsafe'): Command {
  const command = new Command(name)
  command
    .command('status')
    .description('how each bureau stands, who is monitored, and what the last run brought')
    .option('--json', 'as one JSON object')
    .action(status)
  command
    .command('sync')
    .description('ask every bureau for everything new now, as every night at 23:00 in Brussels; may order paid reports')
    .option('--json', 'as one JSON object')
    .action(sync)
  command
    .command('alerts')
    .description('how often each alert rule of the settings would have told of something in the last days; tells nobody')
    .option('--days <days>', 'how many days back', parseDays, 90)
    .option('--json', 'as one JSON object')
    .action(tryAlerts)
  return command
}

const config = platformConfig.extend(creditConfig.shape)

async function withCredit(work: (credit: Credit, covered: () => Promise<CoverageRow[]>) => Promise<void>): Promise<void> {
  await withDatabase(async database => {
    const read = readConfig(config, readEnvironment())
    const settings = createSettings({ client: database.client, kinds: [creditKind, alertsKind] })
    const queue = createQueue(database, silentLog, [alertRaised])
    await queue.start()
    try {
      const credit = openCredit({ database, clock: systemClock, log: silentLog, config: read, queue, settings })
      await work(credit, () => readCoverage(database, read.DUNCAN_TIME_ZONE))
    } finally {
      await queue.stop()
    }
  })
}

const stateWords = {
  off: 'Credit monitoring is off. Turn it on in the settings: credit: { on: true }.',
  no_login: 'There is no login. Set DUNCAN_CREDITSAFE_USERNAME and DUNCAN_CREDITSAFE_PASSWORD.',
  refused: 'The login is refused; it is not tried again until user name or password change.',
  waiting: 'Not asked yet: the first run is tonight at 23:00, or now with `duncan credit sync`.',
  active: 'Connected.',
}
const gapWords: Record<string, string> = {
  no_country: 'no country',
  no_number: 'no company number of the kind that their country goes by',
  bad_number: 'a company number that is not valid',
  not_covered: 'a country that is not covered',
  not_found: 'a company number that the bureau does not know',
  several: 'several companies that it may be',
  gone: 'a company that the bureau has no more',
}

async function status({ json }: { json?: boolean }): Promise<void> {
  await withCredit(async (credit, covered) => {
    const told = await credit.status()
    const coverage = told.state === 'off' ? [] : await covered()
    const { state, inScope, monitored, gaps, bureaus } = told
    process.exitCode = state === 'active' ? 0 : 1
    if (json) return console.log(JSON.stringify({ ...told, coverage }))
    if (state === 'off') console.log(stateWords.off)
    else for (const line of bureaus.flatMap(bureau => bureauLines(bureau, bureaus.length))) console.log(line)
    console.log(`Monitored: ${monitored} of ${inScope} debtors in scope.`)
    for (const line of coverageLines(coverage)) console.log(line)
    for (const { reason, count } of gaps) console.log(`  ${String(count).padStart(6)}  with ${gapWords[reason] ?? reason}`)
  })
}

function bureauLines(bureau: BureauStatus, of: number): string[] {
  const { name, kind, countries, state, activeSince, lastRun, inScope, monitored, reportsThisYear, quotas } = bureau
  const connected = activeSince && state === 'active' ? `Active since ${activeSince.toISOString()}.` : stateWords[state]
  const run = lastRun?.finishedAt ? `Last run: ${lastRun.finishedAt.toISOString()}.` : `A run began at ${lastRun?.startedAt.toISOString()} and is not over.`
  const reports = kind === 'creditsafe' ? ` Reports ordered this year: ${reportsThisYear}.` : ''
  return [
    `${name} (${countries?.join(', ') ?? (of > 1 ? 'all other countries' : 'all countries')}): ${connected}`,
    ...(lastRun ? [`  ${run}`] : []),
    `  Monitored: ${monitored} of ${inScope}.${reports}`,
    ...(quotas.length > 0 ? [`  Reports left: ${quotas.map(({ country, paid, used }) => `${country} ${paid - used} of ${paid}`).join(', ')}.`] : []),
  ]
}

async function sync({ json }: { json?: boolean }): Promise<void> {
  await withCredit(async credit => {
    const result = await credit.sync('demand')
    // An error's own text is left out of JSON unless it is asked for.
    if (json)
      console.log(
        JSON.stringify(result, (_key, value: unknown) =>
          value instanceof DuncanError ? { code: value.code, message: value.message, remedy: value.remedy } : value,
        ),
      )
    else if (result.outcome === 'off') console.log(stateWords.off)
    else if (result.outcome === 'running') console.log('A run is under way in another process.')
    else for (const line of [...countLines(result.counts), ...result.bureaus.flatMap(nightLines)]) console.log(line)
    const isDone = result.outcome === 'done' && result.bureaus.every(({ outcome }) => outcome === 'done')
    process.exitCode = isDone ? 0 : 1
  })
}

function parseDays(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 3660) throw new InvalidArgumentError('A number of days from 1 to 3660.')
  return days
}

async function tryAlerts({ days, json }: { days: number; json?: boolean }): Promise<void> {
  await withCredit(async credit => {
    const tried = await credit.tryAlertRules(days)
    if (json) return console.log(JSON.stringify(tried.map(({ key, alerts, cooling, companies }) => ({ rule: key, alerts, keptBack: cooling, companies }))))
    printTable(
      ['rule', 'alerts', 'kept back', 'such as'],
      tried.map(({ key, alerts, cooling, companies }) => [key, String(alerts), String(cooling), companies.join(', ')]),
    )
  })
}

/** What a person has to see to at one bureau. */
function nightLines(night: BureauNight): string[] {
  if (night.outcome === 'failed') return [`${night.bureau} could not be asked: ${night.fault.message}`, `→ ${night.fault.remedy}`]
  if (night.outcome !== 'done' || !night.file || night.file.faultCount === 0) return []
  const { name, faults, faultCount } = night.file
  return [
    `${night.bureau}: rows of ${name} that were left out: ${faultCount}`,
    ...faults.map(fault => `  ${fault}`),
    ...(faultCount > faults.length ? ['  …'] : []),
  ]
}

const countLines = ({ inScope, changed, unchanged, failed, overQuota, gone, notMonitored }: NightCounts): string[] => [
  `${inScope} debtors in scope:`,
  `  ${String(changed).padStart(6)}  changed`,
  `  ${String(unchanged).padStart(6)}  unchanged`,
  ...(failed > 0 ? [`  ${String(failed).padStart(6)}  failed; they are asked for again in the next run`] : []),
  ...(overQuota > 0 ? [`  ${String(overQuota).padStart(6)}  wait, because no paid report is left`] : []),
  ...(gone > 0 ? [`  ${String(gone).padStart(6)}  not at the bureau any more`] : []),
  ...(notMonitored > 0 ? [`  ${String(notMonitored).padStart(6)}  not monitored: duncan credit status`] : []),
]
