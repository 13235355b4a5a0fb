import { Presets, SingleBar } from 'cli-progress'
import { Command } from 'commander'
import { calendarsKind, importStatement, type MatchCounts, matchPayments, paymentsKind, promisesKind, type StatementResult, statementStatus } from '#ledger'
import { connectDatabase, type Database, platformConfig, readConfig, readEnvironment, systemClock } from '#platform'
import { createSettings } from '#settings'

type Options = { mapping?: string; administration?: string; account?: string; dryRun?: boolean; json?: boolean }

export function statementCommand(): Command {
  const command = new Command('statement')
  command
    .command('import')
    .description('import bank statements (camt.053, MT940, or CSV with a mapping file) and match their payments to invoices')
    .argument('<files...>', 'the files to import')
    .option('--mapping <file>', 'for CSV: YAML file that says what each column means')
    .option('--administration <code>', 'whose account it is, when it is imported for the first time')
    .option('--account <number>', 'the account, where a CSV file does not name it')
    .option('--dry-run', 'read and check everything, change nothing')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nA file is taken as a whole or not at all; importing it again changes nothing. Exit code 1: statements are missing between those that were imported.',
    )
    .action(run)
  command
    .command('status')
    .description('up to when the bank is known, what waits for a person, what is not allocated')
    .option('--json', 'print the result as JSON')
    .action(status)
  return command
}

async function run(files: string[], { mapping, administration, account, dryRun = false, json = false }: Options): Promise<void> {
  await withDatabase(async database => {
    const results: StatementResult[] = []
    for (const file of files) {
      const bar = progressBar(file)
      try {
        const request = { file, mapping, administration, account, dryRun, actor: 'cli' }
        results.push(
          await importStatement(
            { database, clock: systemClock },
            { ...request, onProgress: ({ bytes, size, lines }) => bar.update(bytes, size, `${lines} lines`) },
          ),
        )
      } finally {
        bar.stop()
      }
    }
    const matched = dryRun
      ? undefined
      : await matchAll(
          database,
          results.reduce((sum, { created }) => sum + created, 0),
        )
    if (json) console.log(JSON.stringify({ files: results, ...(matched && { matched }) }))
    else for (const line of [...results.flatMap(describe), ...(matched ? describeMatches(matched) : [])]) console.log(line)
    if (results.some(({ gaps }) => gaps.length > 0)) process.exitCode = 1
  })
}

/** What waits for a person is looked at again: a statement may bring what explains it. */
async function matchAll(database: Database, expected: number): Promise<MatchCounts> {
  const settings = createSettings({ client: database.client, kinds: [paymentsKind, calendarsKind, promisesKind] })
  const [rules, calendars, promises] = [await settings.read(paymentsKind), await settings.read(calendarsKind), await settings.read(promisesKind)]
  const bar = progressBar('matching')
  try {
    return await matchPayments(
      { client: database.client, clock: systemClock, rules, calendars, promises },
      { again: true, onProgress: done => bar.update(Math.min(done, expected), expected, `${done} payments`) },
    )
  } finally {
    bar.stop()
  }
}

async function status({ json = false }: Pick<Options, 'json'>): Promise<void> {
  await withDatabase(async ({ client }) => {
    const accounts = await statementStatus(client)
    if (json) console.log(JSON.stringify(accounts))
    else if (accounts.length === 0) console.log('No statement was imported yet: duncan statement import <file>')
    else
      for (const { account, administration, statements, until, gaps, review, unapplied } of accounts) {
        console.log(
          `${administration} ${account}: ${statements} statements until ${until ?? 'never'}; ${review} payments wait for a person, ${unapplied} are not fully allocated`,
        )
        for (const gap of gaps) console.log(`  statement ${gap.number} of ${gap.closedOn}: ${gap.problem}`)
      }
  })
}

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await connectDatabase(readConfig(platformConfig, readEnvironment()))
  try {
    await work(database)
  } finally {
    await database.close()
  }
}

/** A progress bar on a terminal, nothing elsewhere. */
function progressBar(name: string): { update: (done: number, all: number, note: string) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({ format: `${name} {bar} {percentage}% · {note}`, hideCursor: true, clearOnComplete: true }, Presets.shades_classic)
  let isRunning = false
  return {
    update: (done, all, note) => {
      if (!isRunning) bar.start(all, 0, { note })
      isRunning = true
      bar.update(done, { note })
    },
    stop: () => {
      if (isRunning) bar.stop()
      isRunning = false
    },
  }
}

function describe({ kind, fileName, lines, created, known, unsure, statements, gaps }: StatementResult): string[] {
  const duplicates = statements.filter(({ isDuplicate }) => isDuplicate).length
  const verb = kind === 'dry_run' ? 'would be' : 'are'
  return [
    `${fileName}: ${statements.length} statements with ${lines} lines; ${created} payments ${verb} new, ${known} were known${duplicates > 0 ? `, ${duplicates} statements were imported before` : ''}.`,
    ...(unsure > 0
      ? [`  ${unsure} of them look like lines that another statement told of already.\n  → Say of each whether it is the same money: /duncan payments.`]
      : []),
    ...gaps.map(
      ({ account, number, closedOn, problem }) =>
        `  ${account}, statement ${number} of ${closedOn} does not follow the one before. ${problem}.\n  → Import the statements between them.`,
    ),
  ]
}

const describeMatches = ({ matched, review, unapplied, reversed }: MatchCounts): string[] => [
  `Allocated ${matched} payments; ${review} wait for a person, ${unapplied} are not allocated yet, ${reversed} were taken back by the bank.`,
]
