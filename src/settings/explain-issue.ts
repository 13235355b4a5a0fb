import type { z } from 'zod'
import { describedAs, type JsonSchema, knownKeys } from './json-schema.ts'
import type { SettingsPath } from './kind.ts'
import { nearestName } from './nearest-name.ts'
import type { Inside } from './settings-file.ts'

/** A fault of a section, by its path inside the section. */
export type SectionFault = { path: SettingsPath; of?: 'key' | Inside; message: string; remedy: string }

type Issue = z.core.$ZodIssue
type Told = { section: unknown; schema: JsonSchema }

/** What is wrong and what to do, in words for who writes the file. */
export function explainIssue(issue: Issue, told: Told): SectionFault[] {
  const path = issue.path.map(step => (typeof step === 'symbol' ? String(step) : step))
  const one = (message: string, remedy: string, of?: SectionFault['of']): SectionFault[] => [{ path, message, remedy, ...(of && { of }) }]
  const value = valueAt(told.section, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({ path: [...path, key], of: 'key', message: 'is not known here', remedy: suggestion(key, knownKeys(told.schema, path)) }))
    case 'invalid_key': {
      const key = String(path.at(-1))
      const names = knownKeys(told.schema, path.slice(0, -1))
      return names.length > 0
        ? one('is not known here', suggestion(key, names), 'key')
        : one(`as a key: ${issue.issues[0]?.message ?? issue.message}`, 'Rename it.', 'key')
    }
    case 'invalid_type':
      return value === undefined ? one('is missing', missing(path, told)) : one(`must be ${expectation(issue.expected)}`, typeRemedy(issue.expected, value))
    case 'invalid_value':
      return oneOf(issue.values.map(String))
    case 'invalid_union': {
      if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options.map(String))
      const [closest] = issue.errors.toSorted((a, b) => score(b) - score(a))
      return (closest ?? []).flatMap(inner => explainIssue({ ...inner, path: [...issue.path, ...inner.path] }, told))
    }
    case 'custom': {
      const { remedy, line, column } = (issue.params ?? {}) as { remedy?: string; line?: number; column?: number }
      return one(issue.message, remedy ?? meaning(path, told), line !== undefined ? { line, column: column ?? 1 } : undefined)
    }
    default:
      return one(value === undefined ? 'is missing' : lower(issue.message), value === undefined ? missing(path, told) : meaning(path, told))
  }

  function oneOf(values: string[]): SectionFault[] {
    if (value === undefined) return one('is missing', `Add it, with one of: ${values.join(', ')}.`)
    return one(
      `must be ${values.length === 1 ? values[0] : `one of ${values.join(', ')}`}`,
      suggestion(typeof value === 'string' ? value : JSON.stringify(value), values),
    )
  }
}

/** Of several shapes the writer meant the one whose faults lie deepest. */
const score = (issues: Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length)) - issues.length / 100

/** "Did you mean ...?", or all the names that there are. */
export function suggestion(written: string, names: string[]): string {
  const near = nearestName(written, names)
  if (near) return `Did you mean ${near}?`
  return names.length > 0 ? `Known are: ${names.join(', ')}.` : 'Remove it.'
}

const expectations: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a section of keys',
  record: 'a section of keys',
  array: 'a list',
}
const expectation = (expected: string): string => expectations[expected] ?? expected

function typeRemedy(expected: string, value: unknown): string {
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return `Write it in quotes: "${value}".`
  if (expected === 'array') return 'Write it as [one, two], or one line a value, each after a dash.'
  return 'Correct the value.'
}

function missing(path: SettingsPath, { schema }: Told): string {
  const meant = describedAs(schema, path)
  return meant ? `Add it: ${lower(meant)}.` : `Add ${path.at(-1)}.`
}

function meaning(path: SettingsPath, { schema }: Told): string {
  const meant = describedAs(schema, path)
  return meant ? `It means: ${lower(meant)}.` : 'Correct the value.'
}

const lower = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text).replace(/\.$/, '')

function valueAt(section: unknown, path: SettingsPath): unknown {
  let value = section
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string | number, unknown>)[step]
  }
  return value
}
