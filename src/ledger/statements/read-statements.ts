import { open } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { DuncanError } from '#platform'
import { openTable } from '../imports/import-ledger.ts'
import type { Mapping } from '../imports/mapping.ts'
import { readText, type SourceFile } from '../imports/open-text.ts'
import type { StatementPart } from './bank-line.ts'
import { readBankCsv } from './read-bank-csv.ts'
import { readCamt053 } from './read-camt053.ts'
import { readMt940 } from './read-mt940.ts'

export type StatementFormat = 'camt.053' | 'mt940'

/** What kind of bank file this is by its first characters; undefined for any other file. Throws `import.file` when it cannot be read. */
export async function statementFormatOf(path: string): Promise<StatementFormat | undefined> {
  const start = await startOf(path)
  if (start.includes('BkToCstmrStmt')) return 'camt.053'
  // Banks put lines of their own before the first field: ING "0000 01INGBNL2AXXXX00001", ABN AMRO its BIC, others the SWIFT envelope.
  return /^(?:\{.*\})?:20:.*\r?\n(?:.*\r?\n)?:25:/m.test(start) ? 'mt940' : undefined
}

async function startOf(path: string): Promise<string> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    // UTF-16 has a zero byte beside each letter.
    return buffer.subarray(0, bytesRead).toString('latin1').replaceAll('\0', '')
  } catch (error) {
    throw new DuncanError('import.file', `The file ${path} cannot be read.`, 'Check its path and rights.', { cause: error })
  }
}

/** The statements of a bank file, piece by piece. Throws a DuncanError with the line of what cannot be read. */
export async function openStatements(
  source: SourceFile,
  { mapping, account, onBytes }: { mapping?: Mapping | undefined; account?: string | undefined; onBytes?: (bytes: number) => void },
): Promise<AsyncGenerator<StatementPart>> {
  const fileName = basename(source.path)
  if (mapping) return readBankCsv(await openTable(source, fileName, mapping, onBytes), mapping, fileName, account)
  const format = await statementFormatOf(source.path)
  if (format === 'camt.053') return readCamt053(readText(source, onBytes), fileName)
  if (format === 'mt940') return readMt940(readText(source, onBytes), fileName)
  const remedy =
    extname(fileName).toLowerCase() === '.csv'
      ? 'Say with --mapping what its columns mean; samples/statements has an example.'
      : 'Download the statement as camt.053 or MT940, or as CSV with a mapping file.'
  throw new DuncanError('statement.format', `${fileName} is neither a camt.053 nor an MT940 file.`, remedy)
}
