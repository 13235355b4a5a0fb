import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { importLedger, type Mapping, readMapping, type Suggestion, suggestMapping, writeMapping } from '#ledger'
import { DuncanError, readEnvironment, silentLog, systemClock } from '#platform'
import { readAppConfig } from '../../app.ts'
import { importProgress, printImport } from '../import-report.ts'
import { printTable } from '../print-table.ts'
import type { Setup } from './context.ts'

/** Brings the first export of the ERP in: suggestion, some rows to look at, a dry run, and then the import. */
export async function importFirstLedger(setup: Setup): Promise<void> {
  const { ask, say } = setup
  const path = await ask.text('ledger.file', 'An export of your open items (CSV or Excel); empty to import later', { isOptional: true, check: asFile })
  if (path === '') return say('! No ledger yet: `duncan import <file>` brings one in. Until then no mail can be linked to a debtor.')
  const file = resolve(path)
  const given = await ask.text('ledger.mapping', 'A mapping file for it, if you have one; empty to have one suggested', { isOptional: true, check: asFile })
  const mapping = given === '' ? await suggestWith(setup, file) : await readMapping(given)
  if (mapping.type === 'invoices') await importDebtors(setup)

  if ((await runImport(setup, file, mapping, true)) > 0) {
    say('Rows with faults are left out and written to a file that you can correct and import later.')
  }
  if (!(await ask.confirm('ledger.import', 'Import it?', true)))
    throw new DuncanError(
      'setup.ledger',
      'The ledger was not imported.',
      'Correct the mapping file and run `duncan setup --from ledger --set ledger.mapping=<file>`.',
    )
  await runImport(setup, file, mapping, false)
}

/** Invoices that name their debtors by number only need these first. */
async function importDebtors(setup: Setup): Promise<void> {
  const question = 'That list names its debtors by number only. A list of the debtors; empty if they were imported'
  const path = await setup.ask.text('ledger.debtors', question, { isOptional: true, check: asFile })
  if (path === '') return
  await runImport(setup, resolve(path), await suggestWith(setup, resolve(path)), false)
}

async function suggestWith({ ask, say }: Setup, file: string): Promise<Mapping> {
  let given: Partial<Mapping> = {}
  let suggestion = await suggestMapping(file)
  const settled: Partial<Mapping> = {}
  for (const { key, question } of suggestion.doubts) {
    say(question)
    if (key === 'decimal') settled.decimal = await ask.choose('ledger.decimal', 'What stands before the decimals?', decimals)
    else settled.dates = await ask.choose('ledger.dates', 'What comes first in these dates?', orders)
  }
  const columns: Record<string, string> = {}
  for (const field of suggestion.missing) {
    const left = suggestion.unsure.filter(({ column }) => !Object.values(columns).includes(column))
    const choices = left.map(({ column, samples }) => ({ value: column, name: `${column}   ${samples.join(' | ').slice(0, 60)}` }))
    if (choices.length === 0)
      throw new DuncanError(
        'setup.ledger',
        `${basename(file)} has no column for ${field}.`,
        'Export the list with that column, or write a mapping file; samples/ledger has examples.',
      )
    columns[field] = await ask.choose(`ledger.columns.${field}`, `Which column is the ${field.replaceAll('_', ' ')}?`, choices)
  }
  given = { ...settled, columns }
  if (suggestion.fillDown.length > 0) {
    const question = `${suggestion.fillDown.join(' and ')} are empty on some rows. Were cells merged there, so that they repeat what stands above?`
    if (await ask.confirm('ledger.fillDown', question, false)) given = { ...given, fill_down: suggestion.fillDown }
  }
  suggestion = await suggestMapping(file, given)
  showSuggestion(suggestion, say)

  const text = writeMapping(suggestion, basename(file))
  const target = await ask.text('ledger.saveMapping', 'Write this mapping to', { initial: freeName('ledger-mapping', text) })
  if (!isFree(target, text)) throw new DuncanError('setup.ledger', `${target} exists already.`, 'Name another file, or give that one as ledger.mapping.')
  writeFileSync(target, text)
  say(`✓ ${target}: every later import takes it with --mapping; in a drop folder it lies beside the exports.`)
  return suggestion.mapping
}

const decimals = [
  { value: ',' as const, name: 'a comma: 1.234,50' },
  { value: '.' as const, name: 'a point: 1,234.50' },
]
const orders = [
  { value: 'day_first' as const, name: 'the day: 03/04/2026 is 3 April' },
  { value: 'month_first' as const, name: 'the month: 03/04/2026 is March 4' },
]

function showSuggestion({ mapping, matched, unsure, columns, rows }: Suggestion, say: (text: string) => void): void {
  say('\nThis is what the columns seem to be:')
  const sure = new Map(matched.map(each => [each.field, each]))
  const named = Object.entries(mapping.columns)
  printTable(
    ['field', 'column', 'sure', 'for example'],
    named.map(([field, column]) => {
      const found = sure.get(field)
      const index = columns.indexOf(column)
      const examples = found?.samples ?? rows.map(cells => cells[index] ?? '')
      return [field, column, found ? `${Math.round(found.confidence * 100)}%` : 'you said', examples.slice(0, 2).join(' | ').slice(0, 50)]
    }),
  )
  const read = new Set(named.map(([, column]) => column))
  const unread = unsure.filter(({ column }) => !read.has(column)).map(({ column }) => column)
  if (unread.length > 0) say(`Nothing is read from: ${unread.slice(0, 20).join(', ')}${unread.length > 20 ? ', …' : ''}`)
}

async function runImport({ database }: Setup, file: string, mapping: Mapping, dryRun: boolean): Promise<number> {
  const progress = importProgress(basename(file))
  try {
    const deps = { database, clock: systemClock, log: silentLog, dataDir: readAppConfig(readEnvironment()).DUNCAN_DATA_DIR }
    const result = await importLedger(deps, { file, mapping, dryRun, actor: 'cli', onProgress: progress.update })
    progress.stop()
    if (result.kind === 'dry_run') printImport({ ...result, diff: result.diff.slice(0, 5) }, false)
    else printImport(result, false)
    const { rows, rejected } = result.counts
    if (rows > 0 && rejected === rows)
      throw new DuncanError(
        'setup.ledger',
        'Not one row can be read as it is.',
        'Look at the problems above, correct the mapping, and run `duncan setup --from ledger`.',
      )
    return rejected
  } finally {
    progress.stop()
  }
}

const asFile = (text: string): string | undefined => (existsSync(text) ? undefined : 'there is no such file.')

/** What a setup that was stopped has written itself is in nobody's way. */
const isFree = (file: string, text: string): boolean => !existsSync(file) || readFileSync(file, 'utf8') === text

function freeName(name: string, text: string): string {
  for (let count = 1; ; count++) {
    const file = `${name}${count === 1 ? '' : `-${count}`}.yaml`
    if (isFree(file, text)) return file
  }
}
