import { Command } from 'commander'
import { importRates } from '#ledger'
import { connectDatabase, platformConfig, readConfig, readEnvironment } from '#platform'

export function ratesCommand(): Command {
  const command = new Command('rates')
  command
    .command('import')
    .description('import the reference rates of the European Central Bank (eurofxref-hist.csv or .xml, unzipped)')
    .argument('<files...>', 'the files to import')
    .option('--json', 'print the result as JSON')
    .action(run)
  return command
}

async function run(files: string[], { json = false }: { json?: boolean }): Promise<void> {
  const database = await connectDatabase(readConfig(platformConfig, readEnvironment()))
  try {
    for (const file of files) {
      const result = await importRates(database.client, file, 'cli')
      const { rates, created, changed, currencies, from, until } = result
      console.log(
        json ? JSON.stringify(result) : `${rates} rates of ${currencies} currencies from ${from} to ${until}: ${created} are new, ${changed} were changed.`,
      )
    }
  } finally {
    await database.close()
  }
}
