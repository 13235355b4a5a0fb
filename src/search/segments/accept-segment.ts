import type { DbClient } from '#platform'
import { newestVersion, type Settings, type SettingsOutcome } from '#settings'
import type { SuggestedSegment } from './suggest-segments.ts'

/**
 * Puts a suggested segment into the settings as a new version. The version and its audit entry say who accepted it and why it was
 * suggested; like any other segment it can be changed, exported and rolled back.
 */
export async function acceptSegment(
  { client, settings }: { client: DbClient; settings: Pick<Settings, 'apply'> },
  { key, title, query, priority, debtors, ofAll }: SuggestedSegment,
  actor: string,
): Promise<SettingsOutcome> {
  const current = await newestVersion(client)
  const segments = { ...(current?.content.segments as object | undefined), [key]: { title, query, priority } }
  const note = `accepted the suggested segment ${key}: ${query} (${debtors} of ${ofAll} debtors)`
  const source = { sections: { segments }, whole: false, faults: [], placeOf: () => ({ file: `suggested segment ${key}` }) }
  return settings.apply(source, { actor, note, base: current?.version ?? 0 })
}
