import { type FileHandle, link, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DuncanError } from '#platform'
import { type Problem, problemsOf } from '../problem.ts'

/** What became of something that was to leave. Problems are without personal data. */
export type Left = { kind: 'sent' } | { kind: 'failed' | 'unknown'; problems: readonly Problem[] }

/** How the name of a file ends that is not whole yet. */
export const partEnding = '.part'

/**
 * Writes a file that another program takes from its folder: whole or not at all, and once. One of that name that lies there was written before
 * and counts.
 */
export async function writeOnce(path: string, write: (file: FileHandle) => Promise<unknown>): Promise<Left> {
  const part = path + partEnding
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(part, 'w', 0o600) // names, addresses and debts of people
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await link(part, path) // never over one that lies there
    return { kind: 'sent' }
  } catch (error) {
    if (error instanceof DuncanError) return { kind: 'failed', problems: problemsOf(error) }
    const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined
    if (code === 'EEXIST') return { kind: 'sent' }
    if (code === undefined) throw error
    return { kind: 'failed', problems: [{ code: 'file_not_written', fault: code }] }
  } finally {
    await rm(part, { force: true }).catch(() => undefined) // what is left of a fault tells of it once, above
  }
}
