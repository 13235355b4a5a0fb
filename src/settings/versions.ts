import type { Db } from '#platform'
import type { SettingsContent } from './check-settings.ts'
import type { SettingsSource } from './read-files.ts'

export type SettingsVersion = { version: number; actor: string; note: string | null; createdAt: Date; content: SettingsContent }

type Row = { id: number; actor: string; note: string | null; createdAt: Date; content: unknown }

const fromRow = ({ id, content, ...rest }: Row): SettingsVersion => ({ version: id, ...rest, content: content as SettingsContent })

/** The version in force; undefined before the first. */
export async function newestVersion(db: Db): Promise<SettingsVersion | undefined> {
  const row = await db.settingsVersion.findFirst({ orderBy: { id: 'desc' } })
  return row ? fromRow(row) : undefined
}

/** One version by its number; undefined when there is none of that number. */
export async function findVersion(db: Db, version: number): Promise<SettingsVersion | undefined> {
  const row = await db.settingsVersion.findUnique({ where: { id: version } })
  return row ? fromRow(row) : undefined
}

/** Who changed the settings, when and why, newest first. */
export async function listVersions(db: Db, limit = 50): Promise<Omit<SettingsVersion, 'content'>[]> {
  const rows = await db.settingsVersion.findMany({ orderBy: { id: 'desc' }, take: limit, omit: { content: true } })
  return rows.map(({ id, ...rest }) => ({ version: id, ...rest }))
}

/** A version as something to apply again, whole: kinds that it does not have end. */
export function sourceOfVersion({ version, content }: SettingsVersion): SettingsSource {
  return { sections: content, whole: true, faults: [], placeOf: () => ({ file: `version ${version}` }) }
}
