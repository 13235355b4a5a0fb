import type { Db } from '#platform'
import { explainIssue, suggestion } from './explain-issue.ts'
import { sectionSchema } from './json-schema.ts'
import type { SettingsKind, SettingsPath } from './kind.ts'
import type { SettingsSource } from './read-files.ts'
import type { Inside, SettingsFault } from './settings-file.ts'

export type SettingsContent = Record<string, unknown>
export type CheckedSection = { kind: SettingsKind; section: unknown }
export type CheckedSettings = { sections: CheckedSection[]; faults: SettingsFault[] }

/** What somebody wants in force, and what stands in force already for the kinds that are not in it. */
export type Wish = { content: SettingsContent; placeOf: SettingsSource['placeOf']; inForce: string }

/** Checks the whole of the settings: kinds, schemas, names that one kind uses of another, what the database says. Every fault at once. */
export async function checkSettings(db: Db, kinds: SettingsKind[], wish: Wish): Promise<CheckedSettings> {
  const faults: SettingsFault[] = []
  const report = (path: SettingsPath, message: string, remedy: string, of?: 'key' | Inside) =>
    faults.push({ ...(wish.placeOf(path, of) ?? { file: wish.inForce }), path: path.join('.'), message, remedy })

  const names = kinds.map(({ name }) => name)
  for (const name of Object.keys(wish.content)) if (!names.includes(name)) report([name], 'is no kind of settings', suggestion(name, names), 'key')

  const sections: CheckedSection[] = []
  for (const kind of kinds) {
    const section = wish.content[kind.name] ?? {}
    const parsed = kind.schema.safeParse(section)
    if (parsed.success) sections.push({ kind, section: parsed.data })
    else {
      const told = { section, schema: sectionSchema(kind) }
      for (const { path, message, remedy, of } of parsed.error.issues.flatMap(issue => explainIssue(issue, told)))
        report([kind.name, ...path], message, remedy, of)
    }
  }

  for (const { kind, section } of sections) {
    for (const { path, kind: target, key } of kind.references?.(section) ?? []) {
      const keys = Object.keys(wish.content[target] ?? {})
      if (keys.includes(key)) continue
      const remedy = keys.length > 0 ? suggestion(key, keys) : `Add it under "${target}:".`
      report([kind.name, ...path], `names ${key}, which ${target} does not have`, remedy)
    }
  }

  // What the database says is only asked of settings that are right in themselves.
  if (faults.length === 0)
    for (const { kind, section } of sections) {
      if (!(kind.name in wish.content)) continue
      for (const { path, message, remedy } of (await kind.check?.(db, section)) ?? []) report([kind.name, ...path], message, remedy)
    }
  return { sections, faults }
}
