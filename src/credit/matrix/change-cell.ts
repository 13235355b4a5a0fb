import type { DbClient } from '#platform'
import { newestVersion, type Settings, type SettingsOutcome, type SettingsPlan, type SettingsSource } from '#settings'
import type { Place } from './grid.ts'
import { matrixKind } from './matrix-kind.ts'
import type { Cells } from './matrix-schema.ts'
import type { Stance } from './stance.ts'

/** What a cell of the matrix is to say; `workflow` null: none. */
export type CellChange = Place & { stance: Stance; workflow: string | null }

type ChangeDeps = { client: DbClient; settings: Pick<Settings, 'plan' | 'apply'> }

/** What the change would change in the settings, and from which version; changes nothing. */
export const planCell = async ({ client, settings }: ChangeDeps, change: CellChange): Promise<SettingsPlan> => settings.plan(await withCell(client, change))

/** Puts a cell into the settings as a new version, for somebody (`staff:3`) who looked at version `base` before. */
export async function changeCell({ client, settings }: ChangeDeps, change: CellChange, actor: string, base: number): Promise<SettingsOutcome> {
  const { solvency, band, stance, workflow } = change
  const note = `changed the cell ${solvency}, ${band} of the matrix to ${[stance, workflow].filter(Boolean).join(', ')}`
  return settings.apply(await withCell(client, change), { actor, note, base })
}

/** The settings in force with another cell; everything else stays as it was written. */
async function withCell(client: DbClient, { solvency, band, stance, workflow }: CellChange): Promise<SettingsSource> {
  const written = ((await newestVersion(client))?.content[matrixKind.name] ?? {}) as { cells?: Cells }
  const cells = { ...written.cells, [solvency]: { ...written.cells?.[solvency], [band]: { stance, ...(workflow !== null && { workflow }) } } }
  return { sections: { [matrixKind.name]: { ...written, cells } }, whole: false, faults: [], placeOf: () => ({ file: 'the matrix as changed in chat' }) }
}
