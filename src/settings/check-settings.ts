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

/** Checks the whole of the settings in themselves: kinds, schemas, names that one kind uses of another. Every fault at once. */
export function checkSettings(kinds: SettingsKind[], wish: Wish): CheckedSettings {
  const faults: SettingsFault[] = []
  const report = (path: SettingsPath, message: string, remedy: string, of?: 'key' | Inside) => faults.push(faultAt(wish, path, message, remedy, of))

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
    for (const { path, kind: target, key, part } of kind.references?.(section) ?? []) {
      const keys = Object.keys(wish.content[target] ?? {})
      if (!keys.includes(key)) {
        const remedy = keys.length > 0 ? suggestion(key, keys) : `Add it under "${target}:".`
        report([kind.name, ...path], `names ${key}, which ${target} does not have`, remedy)
        continue
      }
      const named = part === undefined ? undefined : sections.find(each => each.kind.name === target)
      const parts = named?.kind.parts?.(named.section, key)
      if (part === undefined || !parts || parts.names.includes(part)) continue
      report([kind.name, ...path], `names ${part}, which is no ${parts.what} of ${key}`, suggestion(part, parts.names))
    }
  }

  return { sections, faults }
}

/** What the database holds against settings that are right in themselves. */
export async function checkAgainstDatabase(db: Db, sections: CheckedSection[], wish: Wish): Promise<SettingsFault[]> {
  const faults: SettingsFault[] = []
  for (const { kind, section } of sections) {
    if (!(kind.name in wish.content)) continue
    for (const { path, message, remedy } of (await kind.check?.(db, section)) ?? []) faults.push(faultAt(wish, [kind.name, ...path], message, remedy))
  }
  return faults
}

const faultAt = ({ placeOf, inForce }: Wish, path: SettingsPath, message: string, remedy: string, of?: 'key' | Inside): SettingsFault => ({
  ...(placeOf(path, of) ?? { file: inForce }),
  path: path.join('.'),
  message,
  remedy,
})
