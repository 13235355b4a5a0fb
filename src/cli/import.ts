import { Command, Option } from 'commander'
import { importLedger } from '#ledger'
import { connectDatabase, platformConfig, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { importProgress, printImport } from './import-report.ts'

type Options = { mapping?: string; dryRun?: boolean; confirm?: boolean; backfill?: boolean; fullExport?: boolean; json?: boolean }

export function importCommand(): Command {
  return new Command('import')
    .description('import debtors, invoices, payments or orders from a CSV or XML file')
    .argument('<file>', 'the file to import')
    .option('--mapping <file>', 'YAML file that says what each column means; without it the default columns are expected')
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
  const config = readConfig(platformConfig, readEnvironment())
  const database = await connectDatabase(config)
  const progress = importProgress(file)
  try {
    const result = await importLedger(
      { database, clock: systemClock, log: silentLog, dataDir: config.DUNCAN_DATA_DIR },
      {
        file,
        ...(options.mapping && { mapping: options.mapping }),
        dryRun: options.dryRun ?? false,
        confirm: options.confirm ?? false,
        ...(options.backfill && { mode: 'backfill' as const }),
        ...(options.fullExport && { fullExport: true }),
        actor: 'cli',
        onProgress: progress.update,
      },
    )
    progress.stop()
    process.exitCode = printImport(result, options.json ?? false)
  } finally {
    progress.stop()
    await database.close()
  }
}
