import { checkSettings, joinSettingsFiles, parseSettingsFile, type SettingsKind } from '#settings'

/** What is wrong with a settings file, by these kinds alone: `:line:column path message -> remedy`. */
export function kindFaults(kinds: SettingsKind[], yaml: string): string[] {
  const source = joinSettingsFiles([parseSettingsFile('', yaml)])
  const faults =
    source.faults.length > 0 ? source.faults : checkSettings(kinds, { content: source.sections, placeOf: source.placeOf, inForce: 'settings' }).faults
  return faults.map(({ line, column, path, message, remedy }) => `:${line}:${column} ${path} ${message} -> ${remedy}`)
}
