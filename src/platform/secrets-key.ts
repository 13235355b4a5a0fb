import { createHash, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuncanError } from './errors.ts'

export type SecretKey = {
  /** What a sealed secret remembers of its key; tells nothing about it. */
  id: string
  bytes: Buffer
}

type KeySettings = { DUNCAN_SECRET_KEY?: string | undefined; DATABASE_URL?: string | undefined; DUNCAN_DATA_DIR: string }

/** A new random key of 256 bits, as DUNCAN_SECRET_KEY wants it. */
export const newSecretKey = (): string => randomBytes(32).toString('base64')

/** Whether the text is one key or several, separated by commas or spaces. */
export function areSecretKeys(text: string): boolean {
  const keys = partsOf(text)
  return keys.length > 0 && keys.every(key => /^[A-Za-z0-9+/_-]{43}=?$/.test(key))
}

/**
 * The installation's keys: those of DUNCAN_SECRET_KEY, then the one in the data folder. The first seals, all open. With the embedded
 * database, whose data lies beside it, a missing key is made. Throws `secrets.no_key` and `secrets.key_file`.
 */
export function loadSecretKeys({ DUNCAN_SECRET_KEY: given = '', DATABASE_URL, DUNCAN_DATA_DIR }: KeySettings): [SecretKey, ...SecretKey[]] {
  const file = join(DUNCAN_DATA_DIR, 'secret.key')
  if (given === '' && !DATABASE_URL && !existsSync(file)) makeKeyFile(DUNCAN_DATA_DIR, file)
  const [first, ...others] = [...partsOf(given), ...(existsSync(file) ? partsOf(readKeyFile(file)) : [])].map(toKey)
  if (first) return [first, ...others]
  throw new DuncanError(
    'secrets.no_key',
    'There is no key to keep secrets with.',
    'Run `duncan secrets new-key` and set DUNCAN_SECRET_KEY to what it prints, in every process that works on this database.',
  )
}

const partsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

function toKey(text: string): SecretKey {
  const bytes = Buffer.from(text, 'base64')
  return { id: createHash('sha256').update('duncan secret key\0').update(bytes).digest('hex').slice(0, 8), bytes }
}

function readKeyFile(file: string): string {
  const damaged = (problem: string, remedy: string) => new DuncanError('secrets.key_file', `The key file ${file} ${problem}.`, remedy)
  if ((statSync(file).mode & 0o077) !== 0) throw damaged('can be read by other users of this machine', `Run: chmod 600 ${file}`)
  const text = readFileSync(file, 'utf8')
  if (!areSecretKeys(text)) throw damaged('holds no key', 'Restore it from a backup; without it the mailboxes that were connected must be connected again.')
  return text
}

/** Written aside and linked into place: of two processes one makes the key, and neither sees half of one. */
function makeKeyFile(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true })
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(aside, `${newSecretKey()}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(aside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(aside)
  }
}
