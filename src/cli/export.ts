import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { DuncanError } from '#platform'
import { newestVersion, writeSettings } from '#settings'
import { settingsKinds } from '../app.ts'
import { withSettings } from './settings/open-settings.ts'

export function exportCommand(): Command {
  const names = settingsKinds.map(({ name }) => name)
  return new Command('export')
    .argument('[folder]', 'one file a section in this folder; without it everything is printed')
    .addOption(new Option('--kind <kind>', 'only this section').choices(names))
    .action((folder: string | undefined, { kind }: { kind?: string }) => withSettings((_settings, client) => exportSettings(client, names, folder, kind)))
}

async function exportSettings(client: Parameters<typeof newestVersion>[0], kinds: string[], folder?: string, kind?: string): Promise<void> {
  const { content = {} } = (await newestVersion(client)) ?? {}
  const wanted = Object.fromEntries(Object.entries(content).filter(([name]) => kind === undefined || name === kind))
  if (Object.keys(wanted).length === 0) {
    const what = kind ? `There are no ${kind} in the settings.` : 'No settings were applied yet.'
    throw new DuncanError('settings.empty', what, 'Begin with a starter pack: `duncan apply samples/settings/en`.')
  }
  if (!folder) return void process.stdout.write(writeSettings(wanted, kinds))
  mkdirSync(folder, { recursive: true })
  // Files of yours have comments, and a section that stood beside them again would be refused as a double one.
  const [own] = readdirSync(folder).filter(name => /\.ya?ml$/.test(name))
  if (own) throw new DuncanError('settings.folder_in_use', `${folder} holds ${own} already.`, 'Name an empty folder, and move over what you want.')
  for (const [name, section] of Object.entries(wanted)) writeFileSync(join(folder, `${name}.yaml`), writeSettings({ [name]: section }, kinds))
  console.log(`${Object.keys(wanted).length} files in ${folder}`)
}
