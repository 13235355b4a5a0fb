import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { Command } from 'commander'
import { DuncanError, errorText } from '#platform'

// Stripping types and compiling is more than half of what a command costs. A folder of the checkout, which nobody else can write to;
// where it cannot be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/duncan'))

// Only the command that was asked for is loaded: help and a wrong argument should answer at once.
const commands: Record<string, () => Promise<Command>> = {
  setup: async () => (await import('./setup.ts')).setupCommand(),
  start: async () => (await import('./start.ts')).startCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  apply: async () => (await import('./apply.ts')).applyCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  extract: async () => (await import('./extract.ts')).extractCommand(),
  contact: async () => (await import('./contact.ts')).contactCommand(),
  settings: async () => (await import('./settings.ts')).settingsCommand(),
  staff: async () => (await import('./staff.ts')).staffCommand(),
  import: async () => (await import('./import.ts')).importCommand(),
  find: async () => (await import('./find.ts')).findCommand(),
  segments: async () => (await import('./segments.ts')).segmentsCommand(),
  statement: async () => (await import('./statement.ts')).statementCommand(),
  manifest: async () => (await import('./manifest.ts')).manifestCommand(),
  rates: async () => (await import('./rates.ts')).ratesCommand(),
  replay: async () => (await import('./replay.ts')).replayCommand(),
  audit: async () => (await import('./audit.ts')).auditCommand(),
  connect: async () => (await import('./connect.ts')).connectCommand(),
  secrets: async () => (await import('./secrets.ts')).secretsCommand(),
  migrate: async () => (await import('./migrate.ts')).migrateCommand(),
  jobs: async () => (await import('./jobs.ts')).jobsCommand(),
  sending: async () => (await import('./sending.ts')).sendingCommand(),
  retention: async () => (await import('./retention.ts')).retentionCommand(),
  backup: async () => (await import('./backup.ts')).backupCommand(),
  restore: async () => (await import('./restore.ts')).restoreCommand(),
}

const program = new Command('duncan')
  .description('Accounts-receivable assistant that lives in a finance team’s mailboxes and chat')
  .addHelpText(
    'after',
    '\nSecrets and connections come from the environment and .env, which .env.example explains; business settings from `duncan apply`.\nExit codes: 0 done, 1 done with problems, 2 could not be done, 64 wrong usage.',
  )
  .exitOverride(exit => process.exit(exit.exitCode === 0 ? 0 : 64))
const asked = commands[process.argv[2] ?? '']
for (const load of asked ? [asked] : Object.values(commands)) {
  const command = await load()
  program.addCommand(command)
  inherit(command, program)
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof DuncanError ? `${error.message}\n→ ${error.remedy}` : error instanceof Error ? error.stack : errorText(error))
  process.exitCode = 2
}

/** A command that was made elsewhere does not know how the program ends on a wrong call. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const each of command.commands) inherit(each, command)
}
