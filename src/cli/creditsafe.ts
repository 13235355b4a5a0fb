import { Command } from 'commander'
import { alertRaised, alertsKind, type Credit, creditConfig, creditKind, type NightCounts } from '#credit'
import { openCredit } from '#flows'
import { createQueue, platformConfig, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { createSettings } from '#settings'
import { withDatabase } from './with-database.ts'

export function creditsafeCommand(): Command {
  const command = new Command('creditsafe')
  command
    .command('status')
    .description('whether it is connected, who is monitored, and what the last run brought')
    .option('--json', 'as one JSON object')
    .action(status)
  command
    .command('sync')
    .description('ask for everything new now, as every night at 23:00 in Brussels; may order paid reports')
    .option('--json', 'as one JSON object')
    .action(sync)
  return command
}

const config = platformConfig.extend(creditConfig.shape)

async function withCredit(work: (credit: Credit) => Promise<void>): Promise<void> {
  await withDatabase(async database => {
    const read = readConfig(config, readEnvironment())
    const settings = createSettings({ client: database.client, kinds: [creditKind, alertsKind] })
    const queue = createQueue(database, silentLog, [alertRaised])
    await queue.start()
    try {
      await work(openCredit({ database, clock: systemClock, log: silentLog, config: read, queue, settings }))
    } finally {
      await queue.stop()
    }
  })
}

const stateWords = {
  off: 'Credit monitoring is off. Turn it on in the settings: credit: { on: true }.',
  no_login: 'There is no login. Set DUNCAN_CREDITSAFE_USERNAME and DUNCAN_CREDITSAFE_PASSWORD.',
  refused: 'Creditsafe refused the login; it is not tried again until user name or password change.',
  waiting: 'Not connected yet: the first run is tonight at 23:00, or now with `duncan creditsafe sync`.',
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
  await withCredit(async credit => {
    const { state, activeSince, lastRun, inScope, monitored, gaps, reportsThisYear } = await credit.status()
    if (json) return console.log(JSON.stringify({ state, activeSince, lastRun, inScope, monitored, gaps, reportsThisYear }))
    console.log(activeSince && state === 'active' ? `Active since ${activeSince.toISOString()}.` : stateWords[state])
    if (lastRun)
      console.log(lastRun.finishedAt ? `Last run: ${lastRun.finishedAt.toISOString()}.` : `A run began at ${lastRun.startedAt.toISOString()} and is not over.`)
    console.log(`Monitored: ${monitored} of ${inScope} debtors in scope. Reports ordered this year: ${reportsThisYear}.`)
    for (const { reason, count } of gaps) console.log(`  ${String(count).padStart(6)}  with ${gapWords[reason] ?? reason}`)
    process.exitCode = state === 'active' ? 0 : 1
  })
}

async function sync({ json }: { json?: boolean }): Promise<void> {
  await withCredit(async credit => {
    const result = await credit.sync('demand')
    if (json) console.log(JSON.stringify(result))
    else if (result.outcome === 'off') console.log(stateWords.off)
    else if (result.outcome === 'running') console.log('A run is under way in another process.')
    else for (const line of countLines(result.counts)) console.log(line)
    process.exitCode = result.outcome === 'done' ? 0 : 1
  })
}

const countLines = ({ inScope, changed, unchanged, failed, overQuota, gone, notMonitored }: NightCounts): string[] => [
  `${inScope} debtors in scope:`,
  `  ${String(changed).padStart(6)}  changed`,
  `  ${String(unchanged).padStart(6)}  unchanged`,
  ...(failed > 0 ? [`  ${String(failed).padStart(6)}  failed; they are asked for again in the next run`] : []),
  ...(overQuota > 0 ? [`  ${String(overQuota).padStart(6)}  wait, because no paid report is left`] : []),
  ...(gone > 0 ? [`  ${String(gone).padStart(6)}  not at the bureau any more`] : []),
  ...(notMonitored > 0 ? [`  ${String(notMonitored).padStart(6)}  not monitored: duncan creditsafe status`] : []),
]
