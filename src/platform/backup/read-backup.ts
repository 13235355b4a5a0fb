import { createHash, type Hash } from 'node:crypto'
import type { ArchiveEntry, Closing, Opening } from './archive.ts'
import { closing, contentOf, damagedBackup, entriesOf, opening } from './archive.ts'

/** What a reader of a backup is handed, in this order; each content may be taken or left. */
export type BackupVisitor = {
  onOpening?: (opening: Opening) => Promise<void>
  onRows?: (table: string, content: AsyncIterable<Buffer>) => Promise<void>
  onBlob?: (hash: string, content: AsyncIterable<Buffer>) => Promise<void>
}

export type BackupSummary = Opening & Closing

/**
 * Reads a backup from its beginning to its end and checks that it is whole: every table against its checksum, every file against
 * its name, and that nothing is missing or was added. Throws `backup.damaged`, after the visitor saw what came before the fault.
 */
export async function readBackup(file: string, { onOpening, onRows, onBlob }: BackupVisitor = {}): Promise<BackupSummary> {
  let begun: Opening | undefined
  let ended: Closing | undefined
  const [sums, blobs] = [new Map<string, Hash>(), new Map<string, boolean>()]
  for await (const each of entriesOf(file)) {
    if (ended) throw damagedBackup('something follows after its end')
    const [kind, name = '', file64 = ''] = each.path.split('/')
    if (each.path === 'backup.json') {
      begun = await readJson(each, opening)
      await onOpening?.(begun)
    } else if (!begun) throw damagedBackup('it does not begin as a backup of Duncan does')
    else if (each.path === 'complete.json') ended = await readJson(each, closing)
    else if (kind === 'tables') {
      const table = begun.tables.find(known => known.name === name)
      if (!table) throw damagedBackup('it holds rows of a table that it does not name')
      const sum = sums.get(table.name) ?? createHash('sha256')
      sums.set(table.name, sum)
      await pass(each, sum, onRows && (content => onRows(table.name, content)))
    } else if (kind === 'blobs' && /^[0-9a-f]{64}$/.test(file64)) {
      const sum = createHash('sha256')
      await pass(each, sum, onBlob && (content => onBlob(file64, content)))
      blobs.set(file64, sum.digest('hex') === file64)
    } else throw damagedBackup('it holds something that Duncan did not put there')
  }
  if (!begun || !ended) throw damagedBackup('it was cut off')
  checkSums(ended, sums, blobs)
  return { ...begun, ...ended }
}

function checkSums(ended: Closing, sums: Map<string, Hash>, blobs: Map<string, boolean>): void {
  for (const [table, { sha256 }] of Object.entries(ended.contents)) {
    const sum = sums.get(table) ?? createHash('sha256')
    if (sum.digest('hex') !== sha256) throw damagedBackup(`the rows of ${table} are not those that were backed up`)
  }
  const wrong = [...blobs].filter(([hash, isRight]) => !isRight && !ended.damaged.includes(hash))
  if (wrong.length > 0) throw damagedBackup(`${wrong.length} files in it are not those that were backed up`)
  if (blobs.size !== ended.blobs) throw damagedBackup(`${ended.blobs} files were backed up and ${blobs.size} are in it`)
}

/** Hands the content on and sums it up on its way; what the visitor does not take is summed all the same. */
async function pass({ content }: ArchiveEntry, sum: Hash, take?: (content: AsyncIterable<Buffer>) => Promise<void>): Promise<void> {
  const summed = async function* () {
    for await (const chunk of content) {
      sum.update(chunk)
      yield chunk
    }
  }
  if (take) return take(summed())
  for await (const chunk of content) sum.update(chunk)
}

async function readJson<T>(each: ArchiveEntry, schema: { parse: (value: unknown) => T }): Promise<T> {
  const text = (await contentOf(each)).toString('utf8')
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw damagedBackup(`its ${each.path} is damaged, or of a newer release`, error)
  }
}
