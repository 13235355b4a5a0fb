import { Command, InvalidArgumentError } from 'commander'
import { type Db, DuncanError } from '#platform'
import { compareSettings, findVersion, listVersions, type SettingsVersion, settingsJsonSchema, sourceOfVersion, writeSettings } from '#settings'
import { settingsKinds } from '../app.ts'
import { withSettings } from './settings/open-settings.ts'
import { type ApplyFlags, putInForce } from './settings/put-in-force.ts'
import { countChanges, describeChanges } from './settings/report.ts'

export function settingsCommand(): Command {
  const settings = new Command('settings')
  settings.command('history').description('who changed the settings, when and why, newest first').option('--json', 'print as JSON').action(history)
  settings.command('show').description('print one version as YAML').argument('<version>', 'its number', parseVersion).action(show)
  settings
    .command('diff')
    .description('what differs between two versions')
    .argument('<a>', 'number of the older one', parseVersion)
    .argument('<b>', 'number of the newer one', parseVersion)
    .option('--json', 'print as JSON')
    .action(diff)
  settings
    .command('rollback')
    .description('put an older version in force again, as a new version')
    .argument('<version>', 'its number', parseVersion)
    .option('--yes', 'do not ask')
    .option('--dry-run', 'say what would change, change nothing')
    .option('--note <text>', 'why, for the history')
    .option('--json', 'print the result as JSON')
    .action(rollback)
  settings
    .command('schema')
    .description('print the JSON Schema of settings files, for editors')
    .action(() => console.log(JSON.stringify(settingsJsonSchema(settingsKinds), null, 2)))
  return settings
}

function parseVersion(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('A version is a number, as `duncan settings history` prints it.')
  return Number(text)
}

async function versionNumbered(db: Db, version: number): Promise<SettingsVersion> {
  const found = await findVersion(db, version)
  if (!found) throw new DuncanError('settings.version_unknown', `There is no version ${version}.`, 'See `duncan settings history`.')
  return found
}

async function history({ json }: { json?: boolean }): Promise<void> {
  const versions = await withSettings((_settings, client) => listVersions(client))
  if (json) return console.log(JSON.stringify(versions, null, 2))
  if (versions.length === 0) console.log('No settings were applied yet.')
  for (const { version, actor, note, createdAt } of versions)
    console.log([String(version).padStart(4), createdAt.toISOString().slice(0, 16).replace('T', ' '), actor, note].filter(Boolean).join('  '))
}

async function show(version: number): Promise<void> {
  const { content } = await withSettings((_settings, client) => versionNumbered(client, version))
  process.stdout.write(
    writeSettings(
      content,
      settingsKinds.map(({ name }) => name),
    ),
  )
}

async function diff(a: number, b: number, { json }: { json?: boolean }): Promise<void> {
  const [before, after] = await withSettings((_settings, client) => Promise.all([versionNumbered(client, a), versionNumbered(client, b)]))
  const changes = compareSettings(before.content, after.content)
  if (json) return console.log(JSON.stringify(changes, null, 2))
  if (changes.length > 0) console.log(describeChanges(changes, process.stdout.hasColors?.() ?? false))
  console.log(countChanges(changes))
}

async function rollback(version: number, { note = `back to version ${version}`, ...flags }: ApplyFlags): Promise<void> {
  const code = await withSettings(async (settings, client) => putInForce(settings, sourceOfVersion(await versionNumbered(client, version)), { ...flags, note }))
  process.exitCode = code
  if (code === 0 || flags.json) return
  console.error(`A version itself stays as it is: write it out with \`duncan settings show ${version}\`, correct that file, and apply it.`)
}
