import { opendir, stat } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { searchNumber } from '#ledger'

/** File names of one folder by the number that they stand for; null: several files stand for it. */
type Index = { changedAt: bigint; readAt: number; names: Promise<Map<string, string | null>> }

/** A folder's time stamp is coarse, and coarser on a network drive: no list of names is trusted for longer, in milliseconds. */
const longestTrust = 60_000

/**
 * Finds the PDF in a folder whose name is an invoice number: the number as printed first, then however the file writes it, as long
 * as one file alone does. A folder may hold 100,000 files: its names are read once and kept until it changes.
 */
export function createFileSearch(): (folder: string, invoiceNumber: string) => Promise<string | undefined> {
  const indexes = new Map<string, Index>()
  return async (folder, invoiceNumber) => (await exactFile(folder, invoiceNumber)) ?? (await writtenOtherwise(indexes, folder, invoiceNumber))
}

async function exactFile(folder: string, invoiceNumber: string): Promise<string | undefined> {
  // A number from the ledger names a file in this folder and nothing else.
  if (!/^[\p{L}\p{N}_-][\p{L}\p{N} ._-]*$/u.test(invoiceNumber)) return undefined
  for (const ending of ['pdf', 'PDF']) {
    const path = join(folder, `${invoiceNumber}.${ending}`)
    if ((await stat(path).catch(() => undefined))?.isFile()) return path
  }
  return undefined
}

async function writtenOtherwise(indexes: Map<string, Index>, folder: string, invoiceNumber: string): Promise<string | undefined> {
  const changedAt = (await stat(folder, { bigint: true }).catch(() => undefined))?.mtimeNs
  if (changedAt === undefined) return undefined
  let index = indexes.get(folder)
  if (index?.changedAt !== changedAt || performance.now() - index.readAt > longestTrust) {
    index = { changedAt, readAt: performance.now(), names: readNames(folder) }
    index.names.catch(() => indexes.delete(folder))
    indexes.set(folder, index)
  }
  const name = (await index.names).get(searchNumber(invoiceNumber))
  return name ? join(folder, name) : undefined
}

async function readNames(folder: string): Promise<Map<string, string | null>> {
  const names = new Map<string, string | null>()
  // In pieces, so that a large folder holds nothing else up.
  for await (const { name } of await opendir(folder, { bufferSize: 1000 })) {
    if (!/\.pdf$/i.test(name)) continue
    const number = searchNumber(parse(name).name)
    names.set(number, names.has(number) ? null : name)
  }
  return names
}
