import { readdir, stat } from 'node:fs/promises'
import { basename, join, matchesGlob } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { isComplete, isHalfWritten } from '#ledger'
import { type Clock, errorText } from '#platform'
import { BureauError } from '../bureau.ts'
import type { FileBureauSettings } from './file-settings.ts'

export type ChosenFile = { path: string; name: string; changedAt: Temporal.Instant }

const mostFiles = 10_000
const isTable = (name: string): boolean => /\.(?:csv|txt|tsv|xlsx|json)$/i.test(name) && !isHalfWritten(name)

/** The file that counts: the one of the settings, or the newest complete one of its folder. Throws BureauError `away` or `busy` when there is none yet. */
export async function chooseFile({ path, files }: Pick<FileBureauSettings, 'path' | 'files'>, clock: Clock): Promise<ChosenFile> {
  const found = await candidates(path, files).catch((error: unknown) => {
    throw new BureauError('away', `${path} cannot be read: ${errorText(error)}`, { cause: error })
  })
  if (found.length === 0) throw new BureauError('away', `${path} has no file ${files} that ends in .csv, .txt, .tsv, .xlsx or .json`)
  // One that is being written is left for the next time: the one before it counts until then.
  for (const file of found) if (await isComplete(file.path, clock)) return file
  throw new BureauError('busy', `${found[0]?.name} is still being written, or empty`)
}

/** The newest first. */
async function candidates(path: string, pattern: string): Promise<ChosenFile[]> {
  const here = await stat(path)
  if (here.isFile()) return [fileOf(path, here.mtimeMs)]
  const entries = await readdir(path, { withFileTypes: true })
  if (entries.length > mostFiles) throw new BureauError('unreadable', `${path} has more than ${mostFiles} files`)
  const names = entries.filter(entry => entry.isFile() && isTable(entry.name) && matchesGlob(entry.name, pattern)).map(({ name }) => name)
  const found = await Promise.all(names.map(async name => fileOf(join(path, name), (await stat(join(path, name))).mtimeMs)))
  return found.toSorted((one, other) => Temporal.Instant.compare(other.changedAt, one.changedAt) || (one.name < other.name ? 1 : -1))
}

const fileOf = (path: string, mtimeMs: number): ChosenFile => ({
  path,
  name: basename(path),
  changedAt: Temporal.Instant.fromEpochMilliseconds(Math.floor(mtimeMs)),
})
