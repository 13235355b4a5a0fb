import { describeCompany } from './company-step.ts'
import type { Setup, Step } from './context.ts'
import { nameFolders } from './folders-step.ts'
import { importFirstLedger } from './ledger-step.ts'
import { connectMailboxStep } from './mailbox-step.ts'
import { namePeople } from './people-step.ts'
import type { Progress } from './progress.ts'

/** The one before opens the database, which these work on. */
const steps: Step[] = [
  { name: 'company', title: 'Your company', run: describeCompany },
  { name: 'people', title: 'People', run: namePeople },
  { name: 'ledger', title: 'Open items', run: importFirstLedger },
  { name: 'folders', title: 'Folders', run: nameFolders },
  { name: 'mailbox', title: 'Mailbox', run: connectMailboxStep },
]
export const stepNames = ['database', ...steps.map(({ name }) => name)]

/** Does the steps that are not done yet, in their order. Each can be stopped anywhere and done again. */
export async function runSteps(setup: Setup, progress: Progress): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (progress.isDone(step.name)) {
      setup.say(`✓ ${step.title}: done already (again with --from ${step.name})`)
      continue
    }
    setup.say(`\n${index + 2}/${stepNames.length}  ${step.title}`)
    await step.run(setup)
    progress.record(step.name)
  }
}
