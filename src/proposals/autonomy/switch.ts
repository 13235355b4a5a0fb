import type { DbClient } from '#platform'
import { newestVersion, type Settings, type SettingsOutcome } from '#settings'
import { autonomyKind } from '../autonomy-kind.ts'

/** Switches everything that Duncan does alone off, or on again, as a new version of the settings by somebody (`staff:3`, `cli`). */
export async function switchAutonomy(
  { client, settings }: { client: DbClient; settings: Pick<Settings, 'apply'> },
  on: boolean,
  actor: string,
): Promise<SettingsOutcome> {
  const written = (await newestVersion(client))?.content[autonomyKind.name] ?? {}
  const sections = { [autonomyKind.name]: { ...written, on } }
  const note = on ? 'let Duncan decide alone again what was granted' : 'stopped everything that Duncan decides alone'
  return settings.apply({ sections, whole: false, faults: [], placeOf: () => ({ file: 'autonomy as switched' }) }, { actor, note })
}
