import { existsSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Command, Option } from 'commander'
import { assignDebtors, assignmentKind, noteImport, workflowsKind } from '#dunning'
import { importLedger, suggestMapping, writeMapping } from '#ledger'
import { fullSight } from '#people'
import { connectDatabase, type Database, DuncanError, platformConfig, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { readSearchContext } from '#search'
import { createSettings } from '#settings'
import { importProgress, printImport } from './import-report.ts'

type Options = {
  mapping?: string
  sheet?: string
  suggest?: boolean
  dryRun?: boolean
  confirm?: boolean
  backfill?: boolean
  fullExport?: boolean
  json?: boolean
}

export function importCommand(): Command {
  return new Command('import')
    .argument('<file>', 'the file to import')
    .option('--mapping <file>', 'YAML file that says what each column means; without it the default columns are expected')
    .option('--sheet <name>', 'of a workbook, above the one that the mapping names')
    .option('--suggest', 'suggest a mapping from the headers and contents of the file: printed, or written to --mapping')
    .option('--dry-run', 'say what would change, change nothing')
    .option('--confirm', 'import even if more than a tenth of the open items would be closed')
    .option('--full-export', 'the file holds every open invoice: close those that it does not name')
    .option('--backfill', 'load history: no action follows from it')
    .addOption(new Option('--json', 'print the result as JSON'))
    .addHelpText(
      'after',
      '\nRows with faults are written to a reject file; correct them there and import that file. Exit code 1: some rows were rejected, or a confirmation is asked for.',
    )
    .action(run)
}

async function run(file: string, options: Options): Promise<void> {
  if (options.suggest) return suggest(file, options)
  const config = readConfig(platformConfig, readEnvironment())
  const database = await connectDatabase(config)
  const progress = importProgress(file)
  try {
    const result = await importLedger(
      { database, clock: systemClock, log: silentLog, dataDir: config.DUNCAN_DATA_DIR },
      {
        file,
        ...(options.mapping && { mapping: options.mapping }),
        ...(options.sheet && { sheet: options.sheet }),
        dryRun: options.dryRun ?? false,
        confirm: options.confirm ?? false,
        ...(options.backfill && { mode: 'backfill' as const }),
        ...(options.fullExport && { fullExport: true }),
        actor: 'cli',
        onProgress: progress.update,
      },
    )
    progress.stop()
    if (result.kind === 'imported' && result.mode !== 'backfill' && !options.dryRun) await follow(database, result.runId)
    process.exitCode = printImport(result, options.json ?? false)
  } finally {
    progress.stop()
    await database.close()
  }
}

/** As after an import of the drop folder: debtors are assigned by the rules of the settings, and the running Duncan works out their next days anew. */
async function follow(database: Database, runId: number): Promise<void> {
  const { client } = database
  const { DUNCAN_TIME_ZONE: timeZone } = readConfig(platformConfig, readEnvironment())
  const settings = createSettings({ client, kinds: [assignmentKind, workflowsKind] })
  await noteImport(client, runId)
  await assignDebtors({
    client,
    clock: systemClock,
    log: silentLog,
    rules: await settings.read(assignmentKind),
    workflows: await settings.read(workflowsKind),
    search: db => readSearchContext(db, { sight: fullSight, clock: systemClock, timeZone }),
  })
}

/** Nothing is overwritten: a mapping file that stands there may have been worked on. */
async function suggest(file: string, { mapping: target, sheet }: Options): Promise<void> {
  const suggestion = await suggestMapping(file, { ...(sheet && { sheet }) })
  const text = writeMapping(suggestion, basename(file))
  if (!target) process.stdout.write(text)
  else if (existsSync(target)) throw new DuncanError('import.mapping', `${target} exists already.`, 'Name another file with --mapping, or remove that one.')
  else {
    writeFileSync(target, text)
    console.log(`${suggestion.matched.length} columns were recognised, ${suggestion.unsure.length} were not; look ${target} over, then try it with --dry-run.`)
  }
  if (suggestion.missing.length > 0) console.error(`No column was found for ${suggestion.missing.join(', ')}.`)
  for (const { question } of suggestion.doubts) console.error(question)
  process.exitCode = suggestion.missing.length + suggestion.doubts.length > 0 ? 1 : 0
}
