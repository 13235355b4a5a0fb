import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { DuncanError, errorText } from '#platform'

const prefix = 'DUNCAN_SETUP_'

/** The one spelling of a key, whatever case and signs a file, a flag or the environment write it with. */
export const plainKey = (key: string): string => key.replaceAll(/[^A-Za-z0-9]/g, '.').toLowerCase()

/** Answers by plain key: of a YAML file (`company: { name: ... }` is `company.name`), above it the environment, above that `key=value` flags. */
export function readAnswers(file: string | undefined, flags: string[], env: Record<string, string | undefined>): Map<string, string> {
  const answers = new Map<string, string>(file === undefined ? [] : flatten(readFile(file)))
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(prefix) || value === undefined) continue
    answers.set(plainKey(name.slice(prefix.length)), value)
  }
  for (const flag of flags) {
    const at = flag.indexOf('=')
    if (at < 1) throw new DuncanError('setup.answer', `--set ${flag} is no answer.`, 'Write --set key=value, for example --set company.country=NL.')
    answers.set(plainKey(flag.slice(0, at)), flag.slice(at + 1))
  }
  return answers
}

function readFile(file: string): unknown {
  try {
    // Every answer is a text: a code 007 keeps its zeros, and so does a password of figures.
    return parse(readFileSync(file, 'utf8'), { schema: 'failsafe', maxAliasCount: 10 })
  } catch (error) {
    throw new DuncanError('setup.answers', `The answers file ${file} cannot be read: ${errorText(error)}`, 'Name a YAML file; docs/setup.md shows one.', {
      cause: error,
    })
  }
}

function flatten(value: unknown, path: string[] = []): [string, string][] {
  if (value === null || value === undefined) return []
  if (typeof value === 'string') return [[plainKey(path.join('.')), value]]
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) => flatten(each, [...path, key]))
}
