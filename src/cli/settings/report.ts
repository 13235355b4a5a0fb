import { styleText } from 'node:util'
import type { SettingsChange, SettingsFault } from '#settings'

type Style = 'green' | 'red' | 'yellow' | 'dim'

const longestValue = 100

/** The changes for a person, a line each: what comes, what goes, what becomes another; coloured where `colours` says so. */
export function describeChanges(changes: SettingsChange[], colours: boolean): string {
  const paint = (style: Style, text: string) => (colours ? styleText(style, text, { validateStream: false }) : text)
  const lines = changes.map(change => {
    if (!('before' in change)) return paint('green', `+ ${change.path}: ${written(change.after)}`)
    if (!('after' in change)) return paint('red', `- ${change.path}: ${written(change.before)}`)
    return paint('yellow', `~ ${change.path}: ${written(change.before)} → ${written(change.after)}`)
  })
  return lines.map(line => `  ${line}`).join('\n')
}

/** "3 added, 1 changed, 2 removed". */
export function countChanges(changes: SettingsChange[]): string {
  const added = changes.filter(change => !('before' in change)).length
  const removed = changes.filter(change => !('after' in change)).length
  return `${added} added, ${changes.length - added - removed} changed, ${removed} removed`
}

/** Every fault with its place, as editors and terminals link them, and what to do. */
export function describeFaults(faults: SettingsFault[]): string {
  const lines = faults.map(({ file, line, column, path, message, remedy }) => {
    const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`
    return `${place}  ${path === '' ? message : `${path}: ${message}`}\n    → ${remedy}`
  })
  return `${lines.join('\n')}\n${faults.length === 1 ? 'One fault' : `${faults.length} faults`}; nothing was applied.`
}

function written(value: unknown): string {
  // JSON writes C0 controls as escapes; C1 and marks of direction would reach the terminal.
  const text = JSON.stringify(value).replaceAll(/\p{C}/gu, mark => `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}
