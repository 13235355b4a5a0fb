import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { DuncanError } from '#platform'
import type { Ask } from './ask.ts'

/**
 * Writes variables into an env file that only its owner can read; every other line stays. A variable that has another value there is
 * replaced only when somebody agrees. Returns the names of those that were left as they were.
 */
export async function writeEnv(file: string, values: Record<string, string>, ask: Pick<Ask, 'confirm'>): Promise<string[]> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const given = parseEnv(text)
  const kept: string[] = []
  let next = text
  for (const [name, value] of Object.entries(values)) {
    if (given[name] === value) continue
    if (given[name] && !(await ask.confirm(`overwrite.${name}`, `${name} has another value in ${file}. Replace it?`, false))) {
      kept.push(name)
      continue
    }
    const line = `${name}=${quoted(name, value)}`
    const standing = new RegExp(`^(?:export )?${name}=.*$`, 'm')
    if (standing.test(next)) next = next.replace(standing, () => line)
    else next = `${next}${next === '' || next.endsWith('\n') ? '' : '\n'}${line}\n`
  }
  if (next === text) return kept
  writeFileSync(`${file}.new`, next, { mode: 0o600 })
  renameSync(`${file}.new`, file) // whole or not at all, whenever the setup is stopped
  return kept
}

function quoted(name: string, value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value
  const quote = ["'", '"', '`'].find(each => !value.includes(each))
  const isWritable = quote !== undefined && !/[\r\n]/.test(value) && !(quote === '"' && value.includes('\\n'))
  if (isWritable) return `${quote}${value}${quote}`
  throw new DuncanError('setup.env', `The value of ${name} cannot be written into an env file.`, `Set ${name} in the environment of Duncan instead.`)
}
