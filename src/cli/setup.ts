import { Command, Option } from 'commander'
import { type Database, readEnvironment } from '#platform'
import { runChecks } from './doctor.ts'
import { createAsk } from './setup/ask.ts'
import { describeCompany } from './setup/company-step.ts'
import { forgetDone, recordDone, type Setup, type Step, stepsDone } from './setup/context.ts'
import { chooseDatabase, openChosen } from './setup/database-step.ts'
import { nameFolders } from './setup/folders-step.ts'
import { importFirstLedger } from './setup/ledger-step.ts'
import { connectMailboxStep } from './setup/mailbox-step.ts'
import { namePeople } from './setup/people-step.ts'
import { readAnswers } from './setup/read-answers.ts'
import { startDuncan } from './start.ts'

type Flags = { answers?: string; set: string[]; from?: string }

const envFile = '.env'

/** The first one opens the database, which the others work on. */
const steps: Step[] = [
  { name: 'company', title: 'Your company', run: describeCompany },
  { name: 'people', title: 'People', run: namePeople },
  { name: 'ledger', title: 'Open items', run: importFirstLedger },
  { name: 'folders', title: 'Folders', run: nameFolders },
  { name: 'mailbox', title: 'Mailbox', run: connectMailboxStep },
]
const names = ['database', ...steps.map(({ name }) => name)]

export function setupCommand(): Command {
  return new Command('setup')
    .description('from nothing to a first proposal: database, company, people, open items, folders, mailbox')
    .option('--answers <file>', 'YAML file with answers; what it leaves out is asked, or takes its usual value where nobody can be asked')
    .option('--set <key=value>', 'one answer, above those of the file', (value: string, all: string[]) => [...all, value], [])
    .addOption(new Option('--from <step>', 'do this step and the later ones again').choices(names))
    .addHelpText(
      'after',
      '\nIt can be stopped at any time and goes on where it was. docs/setup.md has an answers file. Exit code 1: set up, and a check failed.',
    )
    .action(run)
}

const say = (text: string): void => console.log(text)

async function run({ answers, set, from }: Flags): Promise<void> {
  const ask = createAsk(readAnswers(answers, set, process.env), process.stdin.isTTY && process.stdout.isTTY)
  if (from !== undefined) forgetDone(names.slice(names.indexOf(from)))
  let database: Database | undefined
  try {
    database = await openDatabase(ask)
    const setup: Setup = { ask, say, envFile, database }
    for (const [index, step] of steps.entries()) {
      if (isDone(step.name)) {
        say(`✓ ${step.title}: done already (again with --from ${step.name})`)
        continue
      }
      say(`\n${index + 2}/${names.length}  ${step.title}`)
      await step.run(setup)
      recordDone(step.name)
    }
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

const isDone = (name: string): boolean => stepsDone()[name] !== undefined

async function openDatabase(ask: Setup['ask']): Promise<Database> {
  if (isDone('database')) {
    say('✓ Database: done already (again with --from database)')
    return openChosen()
  }
  say(`1/${names.length}  Database`)
  const database = await chooseDatabase(ask, say, envFile)
  recordDone('database')
  say('✓ the database is ready')
  return database
}

async function finish(ask: Setup['ask']): Promise<void> {
  say('\nChecking everything ...')
  const isWell = await runChecks()
  process.exitCode = isWell ? 0 : 1
  if (await ask.confirm('start', 'Start Duncan now?', ask.isInteractive)) return startDuncan()
  say('\nStart it with `duncan start`: it prints a link to sign in, and the first proposal follows the first mail of a debtor.')
  if (!readEnvironment().DUNCAN_PUBLIC_URL)
    say('Colleagues get in with `duncan staff invite @name`; the console listens on this machine until you put a TLS proxy before it.')
}
