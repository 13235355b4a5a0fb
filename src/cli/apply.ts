import { Command } from 'commander'
import { readSettingsFiles } from '#settings'
import { withSettings } from './settings/open-settings.ts'
import { type ApplyFlags, putInForce } from './settings/put-in-force.ts'

export function applyCommand(): Command {
  return new Command('apply')
    .argument('<paths...>', 'YAML files, or folders of them')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'say what would change, change nothing')
    .option('--note <text>', 'why, for the history')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nA section that stands in the files replaces that section whole; one that stands in none stays as it is. Exit code 1: the files have faults, and nothing was applied.',
    )
    .action(async (paths: string[], flags: ApplyFlags) => {
      const source = readSettingsFiles(paths)
      process.exitCode = await withSettings(settings => putInForce(settings, source, flags))
    })
}
