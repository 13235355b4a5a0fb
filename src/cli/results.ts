import { Command, InvalidArgumentError } from 'commander'
import { type ChannelResult, readChannelResults, readExperiments, readLinkResults, readPromiseResults, type StepResult, windows } from '#dunning'
import { formatAmount } from '#ledger'
import { fullSight } from '#people'
import { type DbClient, DuncanError, platformConfig, readConfig, readEnvironment, systemClock } from '#platform'
import { allDebtorIds, problemText, readQuery, readSearchContext, type SearchContext } from '#search'
import { printTable } from './print-table.ts'
import { withDatabase } from './with-database.ts'

type Options = { days: number; find?: string; json?: boolean }

export function resultsCommand(): Command {
  const results = new Command('results')
    .option('--days <number>', 'what was done in so many days', days, 90)
    .option('--find <search>', 'only debtors that the search fits: segment:key_accounts')
    .option('--json', 'print as JSON')
    .action((options: Options) => run(client => printResults(client, options)))
  results
    .command('tests')
    .description('tests of two variants of a step: figures, intervals, and a verdict once their planned end has come')
    .option('--json', 'print as JSON')
    // `--json` stands before or after the word.
    .action((_own, command: Command) => run(client => printTests(client, command.optsWithGlobals<Options>().json ?? false)))
  return results
}

function days(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 3660) throw new InvalidArgumentError('It is a whole number of days from 1 to 3660.')
  return number
}

const run = (work: (client: DbClient) => Promise<void>): Promise<void> => withDatabase(({ client }) => work(client))

function contextOf(client: DbClient): Promise<SearchContext> {
  const { DUNCAN_TIME_ZONE: timeZone } = readConfig(platformConfig, readEnvironment())
  return readSearchContext(client, { sight: fullSight, clock: systemClock, timeZone })
}

async function printResults(client: DbClient, { days: period, find, json }: Options): Promise<void> {
  const context = await contextOf(client)
  const scope = { context, from: context.today.subtract({ days: period }), debtors: find === undefined ? undefined : await fitting(client, context, find) }
  const [channels, promises, links] = [await readChannelResults(client, scope), await readPromiseResults(client, scope), await readLinkResults(client, scope)]
  if (json) return console.log(JSON.stringify({ days: period, from: scope.from.toString(), ...channels, promises, links }, null, 2))
  if (channels.steps.length === 0) return console.log('Nothing reached a debtor in this time.')
  printTable(
    ['by', 'done', 'asked for', ...windows.map(each => `paid in ${each} days`)],
    [...channels.channels.map(line => row(line.channel, line)), ...channels.steps.map(line => row(`${line.workflow} ${line.step} ${line.channel}`, line))],
  )
  console.log('Shares are of those whose days have passed and whose payments are known. Everything that came of them: --json.')
}

const row = (name: string, { sent, amounts, outcomes }: ChannelResult | StepResult): string[] => [
  name,
  String(sent),
  amounts.map(({ asked, currency }) => formatAmount(asked, currency)).join(' + '),
  ...windows.map(each => share(outcomes[each].paid, sent - outcomes[each].running)),
]

const share = (count: number, of: number): string => (of === 0 ? 'not known yet' : `${Math.round((100 * count) / of)}% (${count}/${of})`)

async function fitting(client: DbClient, context: SearchContext, text: string): Promise<Set<number>> {
  const read = await readQuery(client, text, context)
  if (read.kind === 'problem')
    throw new DuncanError('results.search', problemText(read.problem), 'Try the search with `duncan find` first; its --help lists the fields.')
  return allDebtorIds(client, read.query, read.context)
}

async function printTests(client: DbClient, json: boolean): Promise<void> {
  const { sight, today } = await contextOf(client)
  const found = await readExperiments(client, { sight, today })
  if (json) return console.log(JSON.stringify(found, null, 2))
  if (found.length === 0) return console.log('No test is planned or has begun. Write one in the settings, under experiments: docs/dunning.md')
  printTable(
    ['test', 'state', 'variant', 'debtors', ...windows.map(each => `paid in ${each} days`), 'days to pay', 'verdict'],
    found.flatMap(({ key, state, variants, verdict }) =>
      variants.map(({ name, units, paid, meanDays }) => [
        key,
        state.kind,
        name,
        String(units),
        ...paid.map(each => (each.of === 0 ? 'not known yet' : `${share(each.paid, each.of)} [${percent(each.interval.low)}; ${percent(each.interval.high)}]`)),
        meanDays === null ? '' : meanDays.days.toFixed(1),
        verdict,
      ]),
    ),
  )
  console.log('A test is judged once, at its planned end; brackets hold 95% intervals.')
}

const percent = (part: number): string => `${Math.round(part * 100)}%`
