import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'

const file = join(import.meta.dirname, '../../../manifests/slack.yaml')
const placeholder = 'https://duncan.example'

/**
 * The manifest of the Slack app as YAML, with the address at which Slack reaches Duncan. `socket`: Duncan reaches Slack instead, and no
 * address of its own is told.
 */
export function printManifest(publicUrl: string, { socket = false } = {}): string {
  const text = readFileSync(file, 'utf8')
  if (!socket) return text.replaceAll(placeholder, publicUrl.replace(/\/+$/, ''))
  const manifest = parseDocument(text)
  manifest.setIn(['settings', 'socket_mode_enabled'], true)
  manifest.deleteIn(['settings', 'event_subscriptions', 'request_url'])
  manifest.deleteIn(['settings', 'interactivity', 'request_url'])
  const commands = manifest.toJS() as { features: { slash_commands: unknown[] } }
  for (const index of commands.features.slash_commands.keys()) manifest.deleteIn(['features', 'slash_commands', index, 'url'])
  return manifest.toString({ lineWidth: 140 })
}
