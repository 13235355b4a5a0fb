import { Command, InvalidArgumentError } from 'commander'
import { formatAmount } from '#ledger'
import { fullSight } from '#people'
import { connectDatabase, type DbClient, DuncanError, platformConfig, readConfig, readEnvironment, systemClock } from '#platform'
import {
  find,
  forgetSearch,
  listSavedSearches,
  lookUp,
  pointAt,
  problemText,
  type QueryProblem,
  queryHelp,
  readSearchContext,
  type SearchHit,
  savedSearchesNamed,
  saveSearch,
} from '#search'
import { printTable } from './print-table.ts'

type Options = { limit: number; page: number; json?: boolean; saved?: string; saveAs?: string; share?: boolean; list?: boolean; forget?: string }

const owner = 'cli'

export function findCommand(): Command {
  return new Command('find')
    .argument('[query...]', 'the search; quote it for your shell')
    .option('--limit <number>', 'debtors on a page', positive, 50)
    .option('--page <number>', 'which page', positive, 1)
    .option('--json', 'print the result as JSON')
    .option('--save-as <name>', 'also keep the search under a name')
    .option('--share', 'with --save-as: everybody may run it')
    .option('--saved <name>', 'run the search that was kept under this name')
    .option('--list', 'list the searches that were kept')
    .option('--forget <name>', 'forget a search')
    .addHelpText('after', `\n${queryHelp()}\n\nExit code 64: the query is not understood.`)
    .action(async (words: string[], options: Options) => {
      const config = readConfig(platformConfig, readEnvironment())
      const database = await connectDatabase(config)
      try {
        await run(database.client, words.join(' '), options, config.DUNCAN_TIME_ZONE)
      } finally {
        await database.close()
      }
    })
}

function positive(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 10_000) throw new InvalidArgumentError('It is a whole number from 1 to 10000.')
  return number
}

async function run(client: DbClient, words: string, options: Options, timeZone: string): Promise<void> {
  if (options.list) return printSaved(client, options.json ?? false)
  if (options.forget !== undefined) {
    if (await forgetSearch(client, owner, options.forget)) return console.log(`Forgot ${options.forget}.`)
    throw unknownName(options.forget)
  }
  const query = options.saved === undefined ? words : await savedQuery(client, options.saved)
  const context = await readSearchContext(client, { sight: fullSight, clock: systemClock, timeZone })
  const found = await find(client, query, context, { limit: options.limit, offset: (options.page - 1) * options.limit })
  if (found.kind === 'problem') return complain(query, found.problem)
  if (options.saveAs !== undefined) await keep(client, query, options.saveAs, options.share ?? false)
  if (options.json) return console.log(JSON.stringify({ query, total: found.total, debtors: found.hits.map(inJson) }, null, 2))
  if (found.total === 0) return printSimilar(client, found.words)
  printTable(
    ['number', 'name', 'administration', 'country', 'collector', 'overdue', 'balance'],
    found.hits.map(hit => [hit.number, hit.name, hit.administration.code, hit.country ?? '', hit.collector ?? '', sums(hit, 'overdue'), sums(hit, 'balance')]),
  )
  const first = (options.page - 1) * options.limit + 1
  console.log(
    `${first} to ${first + found.hits.length - 1} of ${found.total}${found.unconverted.length === 0 ? '' : `; without a rate, amounts in ${found.unconverted.join(', ')} are compared by themselves`}`,
  )
}

async function printSimilar(client: DbClient, words: string | null): Promise<void> {
  console.log('No debtor fits.')
  const { hits } = words === null ? { hits: [] } : await lookUp(client, fullSight, words)
  if (hits.length === 0) return
  console.log('Known by something like it:')
  printTable(
    ['number', 'name', 'administration'],
    hits.map(({ number, name, administration }) => [number, name, administration]),
  )
}

function complain(query: string, problem: QueryProblem): void {
  console.error(`${pointAt(query, problem)}\n${problemText(problem)}`)
  process.exitCode = 64
}

async function keep(client: DbClient, query: string, name: string, shared: boolean): Promise<void> {
  const outcome = await saveSearch({ client, clock: systemClock }, { owner, name, query, shared })
  if (outcome.kind === 'unnamed') throw new DuncanError('search.unnamed', 'A name has 1 to 80 characters.', 'Give the search another name.')
  if (outcome.kind === 'saved') console.error(`${outcome.replaced ? 'Replaced' : 'Saved'} ${name}.`)
}

async function savedQuery(client: DbClient, name: string): Promise<string> {
  const [only, ...others] = await savedSearchesNamed(client, owner, name)
  if (!only) throw unknownName(name)
  if (others.length === 0) return only.query
  const all = [only, ...others].map(saved => `${saved.owner}: ${saved.query}`).join('\n')
  throw new DuncanError('search.ambiguous', `Several people share a search of that name:\n${all}`, 'Write the query that you mean.')
}

const unknownName = (name: string) => new DuncanError('search.unknown', `No search was kept as ${name}.`, 'See `duncan find --list`.')

async function printSaved(client: DbClient, json: boolean): Promise<void> {
  const saved = await listSavedSearches(client, owner)
  if (json) return console.log(JSON.stringify(saved, null, 2))
  if (saved.length === 0) return console.log('No search was kept. Keep one with --save-as.')
  printTable(
    ['name', 'owner', 'query'],
    saved.map(({ name, owner: whose, query }) => [name, whose, query]),
  )
}

const sums = ({ balances }: SearchHit, of: 'overdue' | 'balance'): string => balances.map(sum => formatAmount(sum[of], sum.currency)).join(' + ')

const inJson = ({ balances, ...hit }: SearchHit) => ({
  ...hit,
  balances: balances.map(({ currency, balance, overdue }) => ({ currency, balance: balance.toFixed(), overdue: overdue.toFixed() })),
})
