import { Command } from 'commander'
import { DuncanError, errorText } from '#platform'
import { auditCommand } from './audit.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { importCommand } from './import.ts'
import { replayCommand } from './replay.ts'
import { startCommand } from './start.ts'

const program = new Command('duncan')
  .description('Accounts-receivable assistant that lives in a finance team’s mailboxes and chat')
  .addHelpText(
    'after',
    '\nSettings come from the environment and .env; .env.example explains each one.\nExit codes: 0 done, 1 done with problems, 2 could not be done, 64 wrong usage.',
  )
  .exitOverride(exit => process.exit(exit.exitCode === 0 ? 0 : 64))
for (const command of [startCommand, demoCommand, doctorCommand, importCommand, replayCommand, auditCommand]) program.addCommand(command())

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof DuncanError ? `${error.message}\n→ ${error.remedy}` : error instanceof Error ? error.stack : errorText(error))
  process.exitCode = 2
}
