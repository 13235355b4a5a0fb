import { join } from 'node:path'
import { Command, Option } from 'commander'
import { type Database, readEnvironment } from '#platform'
import { readAppConfig } from '../app.ts'
import { runChecks } from './doctor.ts'
import { type Ask, createAsk } from './setup/ask.ts'
import { chooseDatabase, openChosen } from './setup/database-step.ts'
import { keepProgress } from './setup/progress.ts'
import { readAnswers } from './setup/read-answers.ts'
import { runSteps, stepNames } from './setup/steps.ts'
import { startDuncan } from './start.ts'

type Flags = { answers?: string; set: string[]; from?: string }

const envFile = '.env'

const progress = keepProgress(() => join(readAppConfig(readEnvironment()).DUNCAN_DATA_DIR, 'setup.json'))

export function setupCommand(): Command {
  return new Command('setup')
    .option('--answers <file>', 'YAML file with answers; what it leaves out is asked, or takes its usual value where nobody can be asked')
    .option('--set <key=value>', 'one answer, above those of the file', (value: string, all: string[]) => [...all, value], [])
    .addOption(new Option('--from <step>', 'do this step and the later ones again').choices(stepNames))
    .addHelpText(
      'after',
      '\nIt can be stopped at any time and goes on where it was. docs/setup.md has an answers file. Exit code 1: set up, and a check failed.',
    )
    .action(run)
}

const say = (text: string): void => console.log(text)

async function run({ answers, set, from }: Flags): Promise<void> {
  const ask = createAsk(readAnswers(answers, set, process.env), process.stdin.isTTY && process.stdout.isTTY)
  if (from !== undefined) progress.forget(stepNames.slice(stepNames.indexOf(from)))
  let database: Database | undefined
  try {
    database = await openDatabase(ask)
    await runSteps({ ask, say, envFile, database }, progress)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error
    say('\nStopped. `duncan setup` goes on here.')
    process.exitCode = 130
    return
  } finally {
    await database?.close()
  }
  await finish(ask)
}

async function openDatabase(ask: Ask): Promise<Database> {
  if (progress.isDone('database')) {
    say('✓ Database: done already (again with --from database)')
    return openChosen()
  }
  say(`1/${stepNames.length}  Database`)
  const database = await chooseDatabase(ask, say, envFile)
  progress.record('database')
  say('✓ the database is ready')
  return database
}

async function finish(ask: Ask): Promise<void> {
  say('\nChecking everything ...')
  const isWell = await runChecks()
  process.exitCode = isWell ? 0 : 1
  if (await ask.confirm('start', 'Start Duncan now?', ask.isInteractive)) return startDuncan()
  say('\nStart it with `duncan start`: it prints a link to sign in, and the first proposal follows the first mail of a debtor.')
  if (!readEnvironment().DUNCAN_PUBLIC_URL)
    say('Colleagues get in with `duncan staff invite @name`; the console listens on this machine until you put a TLS proxy before it.')
}
