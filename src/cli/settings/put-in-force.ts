import { confirm } from '@inquirer/prompts'
import { DuncanError } from '#platform'
import type { Settings, SettingsOutcome, SettingsSource } from '#settings'
import { countChanges, describeChanges, describeFaults } from './report.ts'

export type ApplyFlags = { yes?: boolean; dryRun?: boolean; json?: boolean; note?: string }

/** Shows what the source changes, asks where somebody can answer, and applies it. Returns the exit code: 1 when the source has faults. */
export async function putInForce(settings: Settings, source: SettingsSource, { yes = false, dryRun = false, json = false, note }: ApplyFlags): Promise<number> {
  const plan = await settings.plan(source)
  if (plan.kind !== 'changes' || dryRun) {
    if (json) console.log(JSON.stringify(plan, null, 2))
    else if (plan.kind === 'changes') console.log(`${shown(plan.changes)}\nNothing was applied: this was a dry run.`)
    else tell(plan)
    return plan.kind === 'refused' ? 1 : 0
  }

  if (!json) console.log(shown(plan.changes))
  if (!yes && !(await agreed(json))) {
    console.log('Nothing was applied.')
    return 0
  }
  const outcome = await settings.apply(source, { actor: 'cli', note, ...(!yes && { base: plan.base }) })
  if (json) console.log(JSON.stringify(outcome, null, 2))
  else tell(outcome)
  return outcome.kind === 'applied' || outcome.kind === 'unchanged' ? 0 : 1
}

async function agreed(json: boolean): Promise<boolean> {
  if (!process.stdin.isTTY || json)
    throw new DuncanError(
      'settings.unconfirmed',
      'Nobody can be asked here, so nothing was applied.',
      'Look at the changes with --dry-run, then apply them with --yes.',
    )
  return confirm({ message: 'Apply these changes?', default: false }).catch((error: unknown) => {
    // Ctrl-C at the question is an answer.
    if (error instanceof Error && error.name === 'ExitPromptError') return false
    throw error
  })
}

const shown = (changes: Parameters<typeof describeChanges>[0]): string =>
  `${describeChanges(changes, process.stdout.hasColors?.() ?? false)}\n${countChanges(changes)}`

function tell(outcome: SettingsOutcome): void {
  switch (outcome.kind) {
    case 'refused':
      console.error(describeFaults(outcome.faults))
      break
    case 'unchanged':
      console.log('Nothing changes: all of this is in force already.')
      break
    case 'overtaken':
      console.error(`Version ${outcome.version} was applied while you looked; nothing of yours was.\n→ Look at the changes again.`)
      break
    case 'applied':
      console.log(`Version ${outcome.version} is in force; a running Duncan takes it up by itself.`)
  }
}
