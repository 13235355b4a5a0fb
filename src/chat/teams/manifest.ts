import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, '../../../manifests/teams/manifest.json')
const placeholderUrl = 'https://duncan.example'
const placeholderId = '00000000-0000-0000-0000-000000000000'

/**
 * The manifest of the Teams app as JSON, with the deployment's address and the bot's application id. `sideload`: for tenants that do not take
 * version 1.29 yet; commands are then typed or picked after naming Duncan, and there are no slash commands.
 */
export function printManifest(publicUrl: string, clientId: string, { sideload = false } = {}): string {
  const { origin, hostname } = new URL(publicUrl)
  const text = readFileSync(file, 'utf8')
    .replaceAll(placeholderUrl, origin)
    .replaceAll(new URL(placeholderUrl).hostname, hostname)
    .replaceAll(placeholderId, clientId)
  if (!sideload) return text
  const manifest = JSON.parse(text.replaceAll('1.29', '1.28')) as { bots: { supportsTargetedMessages?: boolean; commandLists: { triggers?: string[] }[] }[] }
  for (const bot of manifest.bots) {
    delete bot.supportsTargetedMessages
    for (const list of bot.commandLists) delete list.triggers
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
