import { Command } from 'commander'
import { dunningKind, type PlanDeps, planDay, previewWorkflows, stepsOfInvoice, workflowsKind, workflowVersions } from '#dunning'
import { calendarsKind } from '#ledger'
import { fullSight } from '#people'
import { DuncanError, platformConfig, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { proposalsConfig } from '#proposals'
import { readSearchContext } from '#search'
import { createSettings, readSettingsFiles, type Settings } from '#settings'
import { settingsKinds } from '../app.ts'
import { printTable } from './print-table.ts'
import { describeFaults } from './settings/report.ts'
import { withDatabase } from './with-database.ts'

type Json = { json?: boolean }

export function workflowsCommand(): Command {
  const workflows = new Command('workflows')
  workflows
    .command('preview')
    .description('what workflows as these files have them would do to the open items that are on them; changes nothing')
    .argument('<paths...>', 'YAML files, or folders of them')
    .option('--json', 'print as JSON')
    .action(preview)
  workflows
    .command('move')
    .description('let the open items of a workflow go over to its newest version; without it they finish on the one that they began on')
    .argument('<workflow>', 'its key in the settings')
    .action(move)
  workflows
    .command('versions')
    .description('the versions of a workflow that items began on, and how many open items still follow each')
    .argument('<workflow>', 'its key in the settings')
    .option('--json', 'print as JSON')
    .action(versions)
  workflows
    .command('ran')
    .description('the steps that an invoice was part of, each with the version that it ran on')
    .argument('<invoice>', 'its number')
    .option('--json', 'print as JSON')
    .action(ran)
  return workflows
}

/** Runs the work with what planning a day takes, as the settings in force have it. */
async function withPlanning(work: (deps: PlanDeps, settings: Settings) => Promise<void>): Promise<void> {
  const environment = readEnvironment()
  const { DUNCAN_TIME_ZONE: timeZone } = readConfig(platformConfig, environment)
  const { DUNCAN_LEDGER_MAX_AGE_HOURS: maxLedgerAgeHours } = readConfig(proposalsConfig, environment)
  await withDatabase(async database => {
    const settings = createSettings({ client: database.client, kinds: settingsKinds })
    const shared = { database, clock: systemClock, log: silentLog, timeZone, maxLedgerAgeHours }
    const inForce = {
      rules: await settings.read(dunningKind),
      workflows: await settings.read(workflowsKind),
      calendars: await settings.read(calendarsKind),
    }
    await work({ ...shared, ...inForce, search: db => readSearchContext(db, { sight: fullSight, clock: systemClock, timeZone }) }, settings)
  })
}

async function preview(paths: string[], { json }: Json): Promise<void> {
  const source = readSettingsFiles(paths)
  await withPlanning(async (deps, settings) => {
    const plan = await settings.plan(source)
    if (plan.kind === 'refused') {
      console.error(describeFaults(plan.faults))
      process.exitCode = 1
      return
    }
    const section = source.sections[workflowsKind.name]
    if (section === undefined) throw new DuncanError('workflows.none', 'These files have no workflows.', 'Name the file that has the section workflows.')
    const found = await previewWorkflows(deps, workflowsKind.schema.parse(section))
    if (json) return console.log(JSON.stringify(found, null, 2))
    const { items, same, earlier, later, due, days } = found
    console.log(`${items} open items are on these workflows. Next day the same: ${same}, earlier: ${earlier}, later or none: ${later}. Due today: ${due}.`)
    if (days.length === 0) return
    printTable(
      ['day', 'steps now', 'steps after it'],
      days.map(({ day, before, after }) => [day, String(before), String(after)]),
    )
    console.log('New items follow a change at once; those under way after `duncan workflows move <workflow>`.')
  })
}

async function move(key: string): Promise<void> {
  await withPlanning(async deps => {
    if (!(key in deps.workflows)) {
      throw new DuncanError('workflows.unknown', `The settings have no workflow ${key}.`, `They have: ${Object.keys(deps.workflows).join(', ') || 'none'}.`)
    }
    const plan = await planDay(deps, new Set([key]))
    if (!plan) throw new DuncanError('workflows.busy', 'The day is being planned just now.', 'Try again in a minute.')
    console.log(`The open items of ${key} follow its newest version: ${plan.changed} stand otherwise now, ${plan.actions} steps are due today.`)
  })
}

async function versions(key: string, { json }: Json): Promise<void> {
  await withDatabase(async ({ client }) => {
    const found = await workflowVersions(client, key)
    if (json) return console.log(JSON.stringify(found, null, 2))
    if (found.length === 0) throw new DuncanError('workflows.unknown', `No item began on a workflow ${key}.`, 'Its key stands in the settings under workflows.')
    printTable(
      ['settings', 'since', 'open items', 'title', 'steps'],
      found.map(({ settingsVersion, since, items, title, steps }) => [
        String(settingsVersion),
        since.toISOString().slice(0, 10),
        String(items),
        title,
        steps.join(', '),
      ]),
    )
  })
}

async function ran(number: string, { json }: Json): Promise<void> {
  await withDatabase(async ({ client }) => {
    const found = await stepsOfInvoice(client, fullSight, number)
    if (json) return console.log(JSON.stringify(found, null, 2))
    if (found.length === 0) throw new DuncanError('workflows.invoice', `The ledger has no invoice ${number}.`, 'Write its number as the ledger has it.')
    printTable(
      ['invoice', 'day', 'step', 'by', 'status', 'workflow', 'settings', 'test'],
      found.flatMap(({ number: written, now, steps }) => [
        ...steps.map(({ planned, done, stepName, type, status, workflow, settingsVersion, test }) => [
          written,
          (done ?? planned).toString(),
          stepName,
          type,
          status,
          workflow,
          String(settingsVersion),
          test ? `${test.experiment} ${test.variant}` : '',
        ]),
        ...(now ? [[written, 'now', '', '', '', now.workflow, String(now.settingsVersion), '']] : []),
      ]),
    )
  })
}
