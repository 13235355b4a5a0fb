import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join, matchesGlob, resolve } from 'node:path'
import pg from 'pg'
import { DuncanError, errorText } from '#platform'
import { importStatement, type StatementResult } from '../statements/import-statement.ts'
import { statementFormatOf } from '../statements/read-statements.ts'
import { isComplete, isHalfWritten } from './complete-file.ts'
import { type ImportDeps, importLedger } from './import-ledger.ts'
import type { ImportResult } from './import-result.ts'
import { defaultMapping, type Mapping, readMapping } from './mapping.ts'

/** `movedTo`: where the file lies now, with its report beside it. */
export type DroppedFile = { name: string; movedTo: string; outcome: ImportResult | StatementResult | { kind: 'failed'; problem: string; remedy: string } }

/**
 * Imports each complete file of a folder once, ledger exports and bank statements, in the order of their names, and moves it to `done/` or `failed/` with a report
 * beside it. Of several processes one works on a folder, the others return nothing. A mapping is a `*.yaml` there whose `files`
 * pattern fits the name.
 */
export async function importDropFolder(deps: ImportDeps, folder: string): Promise<DroppedFile[]> {
  for (const name of ['done', 'failed']) {
    await mkdir(join(folder, name), { recursive: true }).catch((error: unknown) => {
      throw new DuncanError('import.folder', `The import folder ${folder} cannot be written: ${errorText(error)}`, 'Check the folder and its rights.', {
        cause: error,
      })
    })
  }
  const keeper = new pg.Client({ connectionString: deps.database.url })
  keeper.on('error', () => undefined)
  await keeper.connect()
  try {
    // Held by connection: after a crash it is free, and the file, still in its place, is imported again (which changes nothing twice).
    const { rows } = await keeper.query<{ free: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS free', [`import-folder ${resolve(folder)}`])
    return rows[0]?.free ? await importComplete(deps, folder) : []
  } finally {
    await keeper.end()
  }
}

async function importComplete(deps: ImportDeps, folder: string): Promise<DroppedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter(entry => entry.isFile() && isData(entry.name)).map(entry => entry.name)
  const dropped: DroppedFile[] = []
  for (const name of names.toSorted()) {
    if (await isComplete(join(folder, name), deps.clock)) dropped.push({ name, ...(await importOne(deps, folder, name)) })
  }
  return dropped
}

const isData = (name: string): boolean => /\.(?:csv|txt|tsv|xml|xlsx|sta|swi|940|mt940)$/i.test(name) && !isHalfWritten(name)

async function importOne(deps: ImportDeps, folder: string, name: string): Promise<Omit<DroppedFile, 'name'>> {
  const file = join(folder, name)
  const outcome = await importByContent(deps, folder, name).catch((error: unknown) => failed(deps, name, error))
  const stamp = deps.clock.now().toString({ smallestUnit: 'second' }).replaceAll(':', '')
  const target = join(folder, outcome.kind === 'imported' ? 'done' : 'failed', `${stamp}-${name}`)
  const remedy = outcome.kind === 'waiting_confirmation' ? { remedy: 'If that is right, import this file with `duncan import --confirm`.' } : {}
  await writeFile(`${target}.report.json`, `${JSON.stringify({ ...outcome, ...remedy }, null, 2)}\n`, { mode: 0o600 })
  await rename(file, target)
  return { movedTo: target, outcome }
}

/** A bank statement is known by its content, or by its mapping; everything else is the ledger's. */
async function importByContent(deps: ImportDeps, folder: string, name: string): Promise<ImportResult | StatementResult> {
  const [file, actor] = [join(folder, name), 'drop-folder']
  if (await statementFormatOf(file)) return importStatement(deps, { file, actor })
  const mapping = await mappingFor(folder, name)
  return mapping.bank_statement ? importStatement(deps, { file, mapping, actor }) : importLedger(deps, { file, mapping, actor })
}

/** What a person can mend stands in the report; anything else (the database is gone) leaves the file where it is. */
function failed({ log }: ImportDeps, name: string, error: unknown): DroppedFile['outcome'] {
  if (!(error instanceof DuncanError)) throw error
  log.warn({ file: name, code: error.code }, 'a dropped file was not imported')
  return { kind: 'failed', problem: error.message, remedy: error.remedy }
}

/** The mapping whose pattern fits; else one without a pattern; else the default. A broken mapping file stops all: it may be the right one. */
async function mappingFor(folder: string, name: string): Promise<Mapping> {
  const files = (await readdir(folder)).filter(each => /\.ya?ml$/i.test(each)).toSorted()
  const mappings = await Promise.all(files.map(each => readMapping(join(folder, each))))
  const fitting = mappings.filter(({ files: pattern }) => pattern !== undefined && matchesGlob(name, pattern))
  if (fitting.length > 1) {
    throw new DuncanError('import.mapping', `${name} fits the "files" pattern of ${fitting.length} mapping files.`, 'Make the patterns distinct.')
  }
  return fitting[0] ?? mappings.find(({ files: pattern }) => pattern === undefined) ?? defaultMapping()
}
