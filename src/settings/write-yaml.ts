import { Document } from 'yaml'
import type { SettingsContent } from './check-settings.ts'

/** Sections as YAML that, applied again, changes nothing. In the order of `kinds`; comments of the original files are not kept. */
export function writeSettings(content: SettingsContent, kinds: string[]): string {
  const order = [...kinds.filter(kind => kind in content), ...Object.keys(content).filter(kind => !kinds.includes(kind))]
  const document = new Document(Object.fromEntries(order.map(kind => [kind, content[kind]])), { aliasDuplicateObjects: false })
  // Folding would put line breaks into templates that were not there.
  return document.toString({ lineWidth: 0 })
}
