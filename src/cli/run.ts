import { Command, CommanderError } from 'commander'

type Named = { says: string; load: () => Promise<Command> }

const commands: Record<string, Named> = {
  setup: {
    says: 'from nothing to a first proposal: database, company, people, open items, folders, mailbox',
    load: async () => (await import('./setup.ts')).setupCommand(),
  },
  start: {
    says: 'start Duncan: read the mailboxes, work through the jobs, serve the console',
    load: async () => (await import('./start.ts')).startCommand(),
  },
  demo: {
    says: 'start Duncan on an invented company, with everything embedded; each start begins anew',
    load: async () => (await import('./demo.ts')).demoCommand(),
  },
  doctor: {
    says: 'check every connection and say what to fix; exit code 1 when something is wrong',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  apply: {
    says: 'check business settings, show what they change, and put them in force as one new version',
    load: async () => (await import('./apply.ts')).applyCommand(),
  },
  export: {
    says: 'write the business settings in force as YAML that `duncan apply` takes back',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  extract: {
    says: 'files for other programs: debtors, open items, payments, promises, disputes, notes, contact changes',
    load: async () => (await import('./extract.ts')).extractCommand(),
  },
  contact: {
    says: 'what is held on one contact',
    load: async () => (await import('./contact.ts')).contactCommand(),
  },
  settings: {
    says: 'the versions of the business settings: who changed what, and back',
    load: async () => (await import('./settings.ts')).settingsCommand(),
  },
  staff: {
    says: 'who works with Duncan, their invitations and their sessions',
    load: async () => (await import('./staff.ts')).staffCommand(),
  },
  import: {
    says: 'import debtors, invoices, payments or orders from a CSV, XML or Excel file',
    load: async () => (await import('./import.ts')).importCommand(),
  },
  find: {
    says: 'search debtors by what they owe, how they pay and who they are; keep searches by name',
    load: async () => (await import('./find.ts')).findCommand(),
  },
  report: {
    says: 'a report as Excel or PDF: open items, aging, DSO, largest debtors and others',
    load: async () => (await import('./report.ts')).reportCommand(),
  },
  segments: {
    says: 'parts of the portfolio: the segments of the settings, who is in them and why',
    load: async () => (await import('./segments.ts')).segmentsCommand(),
  },
  workflows: {
    says: 'dunning workflows: what a change would do to open items, and moving them to a newer version',
    load: async () => (await import('./workflows.ts')).workflowsCommand(),
  },
  results: {
    says: 'what came of reminders, calls and promises by channel and step, and of tests of two variants',
    load: async () => (await import('./results.ts')).resultsCommand(),
  },
  statement: {
    says: 'bank statements: what came in, and which invoices it pays',
    load: async () => (await import('./statement.ts')).statementCommand(),
  },
  manifest: {
    says: 'print what a chat platform takes to know Duncan, with the address of this installation',
    load: async () => (await import('./manifest.ts')).manifestCommand(),
  },
  credit: {
    says: 'credit risk of the debtors: how monitoring stands at each bureau, and a run now',
    load: async () => (await import('./credit.ts')).creditCommand('credit'),
  },
  creditsafe: {
    says: 'another name of `duncan credit`',
    load: async () => (await import('./credit.ts')).creditCommand('creditsafe'),
  },
  rates: {
    says: 'exchange rates, which totals, thresholds and limits in the reporting currency need',
    load: async () => (await import('./rates.ts')).ratesCommand(),
  },
  replay: {
    says: 'shadow run: say what Duncan would do with these mails; nothing of yours is stored or sent',
    load: async () => (await import('./replay.ts')).replayCommand(),
  },
  audit: {
    says: 'the trail of what was done, and by whom',
    load: async () => (await import('./audit.ts')).auditCommand(),
  },
  connect: {
    says: 'sign a mailbox in at Microsoft 365, Google or another provider, by the oauth of its settings',
    load: async () => (await import('./connect.ts')).connectCommand(),
  },
  secrets: {
    says: 'what the database holds in sealed form: the sign-ins of mailboxes',
    load: async () => (await import('./secrets.ts')).secretsCommand(),
  },
  migrate: {
    says: 'bring the database to this release; `start` does it by itself',
    load: async () => (await import('./migrate.ts')).migrateCommand(),
  },
  jobs: {
    says: 'work that failed for good: see why, and have it done again',
    load: async () => (await import('./jobs.ts')).jobsCommand(),
  },
  sending: {
    says: 'whether mail is held back since the restore of a backup, and until when; exit code 1 when it is',
    load: async () => (await import('./sending.ts')).sendingCommand(),
  },
  retention: {
    says: 'let raw mails go that are past their age (settings: retention); runs every night by itself',
    load: async () => (await import('./retention.ts')).retentionCommand(),
  },
  backup: {
    says: 'write the database and the raw mails into one file, while Duncan runs or not',
    load: async () => (await import('./backup.ts')).backupCommand(),
  },
  restore: {
    says: 'fill an empty database and data folder from a backup',
    load: async () => (await import('./restore.ts')).restoreCommand(),
  },
}

/**
 * Runs one command line, without `duncan` itself, and returns its exit code: 0 done, 1 done with problems, 2 could not be done,
 * 64 wrong usage. A command that stays, such as `start`, has ended when this does.
 */
export async function run(args: string[]): Promise<number> {
  process.exitCode = 0
  try {
    await (await program(args)).parseAsync(args, { from: 'user' })
    return process.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 64
    const { DuncanError, errorText } = await import('#platform') // loaded by every command that works, and by no help
    console.error(error instanceof DuncanError ? `${error.message}\n→ ${error.remedy}` : error instanceof Error ? error.stack : errorText(error))
    return 2
  }
}

/** Only the command that is asked for is loaded: the others are known by name, so that help and a wrong argument answer at once. */
async function program(args: string[]): Promise<Command> {
  const asked = args[0] === 'help' ? args[1] : args[0]
  const duncan = new Command('duncan')
    .description('Accounts-receivable assistant that lives in a finance team’s mailboxes and chat')
    .addHelpText(
      'after',
      '\nSecrets and connections come from the environment and .env, which .env.example explains; business settings from `duncan apply`.\nExit codes: 0 done, 1 done with problems, 2 could not be done, 64 wrong usage.',
    )
    .exitOverride()
  for (const [name, { says, load }] of Object.entries(commands)) {
    const command = name === asked ? await load() : new Command(name)
    duncan.addCommand(command.description(says))
    inherit(command, duncan)
  }
  return duncan
}

/** A command that was made elsewhere does not know how the program ends on a wrong call. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const each of command.commands) inherit(each, command)
}
