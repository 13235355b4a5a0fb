import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { contentNames, type ExportDeps, type ExportOutcome, type ExportSettings, exportSettingsSchema, exportStatus, exportsKind, runExport } from '#ledger'
import { findStaff, sightOf } from '#people'
import { connectDatabase, DuncanError, platformConfig, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { createSettings } from '#settings'
import { printTable } from './print-table.ts'

type WriteOptions = {
  contents: ExportSettings['contents']
  format: ExportSettings['format']
  administration?: string[]
  as?: string
  separator?: string
  decimal?: string
  encoding?: string
  keepFormulas?: boolean
  json?: boolean
}

export function extractCommand(): Command {
  const command = new Command('extract')
  command
    .command('run')
    .description('run exports of the settings now')
    .argument('[names...]', 'their names; all without')
    .option('--json', 'print the result as JSON')
    .action((names: string[], { json = false }: { json?: boolean }) => withLedger((deps, exports) => runNamed(deps, exports, names, json)))
  command
    .command('write')
    .description('write files once, as these options say')
    .argument('<folder>', 'where they go; what lies there under their names stays, and is a fault')
    .addOption(
      new Option('--contents <names>', `separated by commas: ${contentNames.join(', ')}`).argParser(listOfContents).default(['open_items'], 'open_items'),
    )
    .addOption(new Option('--format <format>', 'csv and xml: a file for each content; xlsx: a sheet for each').choices(['csv', 'xlsx', 'xml']).default('csv'))
    .option('--administration <codes...>', 'only of these administrations')
    .option('--as <who>', '@name, as in the settings: only what this colleague may see')
    .addOption(new Option('--separator <character>', 'of CSV').choices([';', ',', 'tab', '|']))
    .addOption(new Option('--decimal <mark>', 'of amounts in CSV').choices(['.', ',']))
    .addOption(new Option('--encoding <name>', 'of CSV').choices(['utf-8', 'utf-8-bom', 'windows-1252']))
    .option('--keep-formulas', 'set no apostrophe before texts that a spreadsheet would take for a formula')
    .option('--json', 'print the result as JSON')
    .action((folder: string, options: WriteOptions) => withLedger(deps => writeOnce(deps, folder, options)))
  command
    .command('status')
    .description('the newest run of each export')
    .option('--json', 'print the result as JSON')
    .action(({ json = false }: { json?: boolean }) => withLedger(deps => printStatus(deps, json)))
  return command
}

function listOfContents(text: string): string[] {
  const names = text.split(',').map(name => name.trim())
  const unknown = names.find(name => !(contentNames as string[]).includes(name))
  if (unknown !== undefined) throw new InvalidArgumentError(`${unknown} is none of ${contentNames.join(', ')}.`)
  return names
}

async function withLedger(work: (deps: ExportDeps, exports: Record<string, ExportSettings>) => Promise<void>): Promise<void> {
  const database = await connectDatabase(readConfig(platformConfig, readEnvironment()))
  try {
    const exports = await createSettings({ client: database.client, kinds: [exportsKind] }).read(exportsKind)
    await work({ database, clock: systemClock, log: silentLog }, exports)
  } finally {
    await database.close()
  }
}

async function runNamed(deps: ExportDeps, exports: Record<string, ExportSettings>, names: string[], json: boolean): Promise<void> {
  const known = Object.keys(exports)
  const unknown = names.filter(name => !known.includes(name))
  if (known.length === 0 || unknown.length > 0) {
    const problem = known.length === 0 ? 'The settings have no exports.' : `The settings have no export ${unknown.join(', ')}; they have ${known.join(', ')}.`
    throw new DuncanError('export.unknown', problem, 'Add it under "exports" and run `duncan apply`, or use `duncan extract write`.')
  }
  for (const [name, settings] of Object.entries(exports)) if (names.length === 0 || names.includes(name)) await runOne(deps, name, settings, json)
}

async function writeOnce(deps: ExportDeps, given: string, options: WriteOptions): Promise<void> {
  const { contents, format, administration = [], as: who, separator, decimal, encoding, keepFormulas, json = false } = options
  const folder = resolve(given)
  const csv = { ...(separator && { separator }), ...(decimal && { decimal }), ...(encoding && { encoding }) }
  if (format !== 'csv' && Object.keys(csv).length > 0)
    throw new DuncanError('export.options', 'A separator, a decimal mark and an encoding are of CSV only.', `Leave them out, or use --format csv.`)
  const settings = exportSettingsSchema.parse({
    folder,
    contents,
    format,
    administrations: who === undefined ? administration : await administrationsOf(deps, who, administration),
    fileNames: 'fixed',
    formulas: keepFormulas ? 'keep' : 'guard',
    ...(format === 'csv' && { csv }),
  })
  mkdirSync(folder, { recursive: true })
  const name = 'extract'
  const files = format === 'xlsx' ? [`${name}.xlsx`] : contents.map(content => `${name}-${content}.${format}`)
  const standing = files.find(file => existsSync(resolve(folder, file)))
  if (standing) throw new DuncanError('export.exists', `${resolve(folder, standing)} stands already.`, 'Move it away, or write to another folder.')
  await runOne(deps, name, settings, json)
}

/** The codes that somebody may see, of those that were asked for. An empty list would be all. */
async function administrationsOf({ database: { client } }: ExportDeps, who: string, asked: string[]): Promise<string[]> {
  const person = await findStaff(client, who)
  if (!person) throw new DuncanError('export.unknown_staff', `Nobody is called ${who}.`, '`duncan staff list` shows everyone.')
  const { administrations, accounts } = sightOf(person)
  if (accounts !== undefined)
    throw new DuncanError(
      'export.out_of_sight',
      `@${person.key} sees single accounts, and no administration as a whole.`,
      'Have it run for somebody who sees whole administrations.',
    )
  if (administrations === 'all') return asked
  const hidden = asked.filter(code => !administrations.includes(code))
  if (hidden.length > 0 || administrations.length === 0)
    throw new DuncanError(
      'export.out_of_sight',
      `@${person.key} may not see ${hidden.length > 0 ? hidden.join(', ') : 'any administration'}.`,
      'Leave it out, or change what they see under `staff` in the settings.',
    )
  return asked.length > 0 ? asked : [...administrations]
}

async function runOne(deps: ExportDeps, name: string, settings: ExportSettings, json: boolean): Promise<void> {
  try {
    const outcome = await runExport(deps, { name, settings, actor: 'cli', onProgress: (content, rows) => show(`${name}: ${rows} ${content}`) })
    show('')
    if (outcome.kind === 'busy') process.exitCode = 1
    if (json) console.log(JSON.stringify({ name, ...outcome }))
    else for (const line of describe(name, outcome)) console.log(line)
  } finally {
    show('')
  }
}

/** How many rows there will be is not known before they are read: a terminal shows how many there are. */
const show = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`\r${text}\u001b[K`))

function describe(name: string, outcome: ExportOutcome): string[] {
  if (outcome.kind === 'busy') return [`${name} is being written by another process.`]
  return outcome.files.flatMap(({ file, rows, sums, bytes, altered }) => {
    const counts = Object.entries(rows).map(([content, count]) => `${count} ${content}`)
    const loss = altered > 0 ? `; ${altered} texts or characters could not be written as they are` : ''
    const totals = Object.entries(sums).flatMap(([content, columns]) =>
      Object.entries(columns).flatMap(([column, amounts]) => {
        const shown = Object.entries(amounts).map(([currency, amount]) => `${currency} ${amount}`)
        return shown.length > 0 ? [`  ${content} ${column}: ${shown.join(', ')}`] : []
      }),
    )
    return [`${outcome.folder}/${file}: ${counts.join(', ')}, ${bytes} bytes${loss}`, ...totals]
  })
}

async function printStatus({ database: { client } }: ExportDeps, json: boolean): Promise<void> {
  const runs = await exportStatus(client)
  if (json) return console.log(JSON.stringify(runs))
  if (runs.length === 0) return console.log('No export ran yet.')
  printTable(
    ['export', 'status', 'started', 'rows', 'problem'],
    runs.map(({ name, status, startedAt, files, error }) => [
      name,
      status,
      startedAt,
      String(files.flatMap(({ rows }) => Object.values(rows)).reduce((sum, count) => sum + count, 0)),
      error ?? '',
    ]),
  )
}
