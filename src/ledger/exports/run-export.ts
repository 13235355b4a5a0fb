import pg from 'pg'
import { type Clock, type Database, type Db, DuncanError, errorText, fromInstant, type Log, recordAudit } from '#platform'
import { atFolder } from './at-folder.ts'
import type { ExportContent } from './content.ts'
import { type ContentName, exportContents } from './contents.ts'
import { type ControlSums, controlSums } from './control-sums.ts'
import { csvFormat } from './csv-format.ts'
import { type DeliveredFile, deliveredFileSchema, deliverFiles, removeParts } from './deliver-files.ts'
import type { ExportSettings } from './exports-kind.ts'
import { type ExportPlace, openPartFile } from './part-file.ts'
import { readChanges, readRows, rememberRows } from './read-rows.ts'
import type { ExportFiles } from './table-file.ts'
import { textFiles } from './text-files.ts'
import { workbook } from './workbook.ts'
import { xmlFormat } from './xml-format.ts'

export type ExportDeps = { database: Database; clock: Clock; log: Log }

export type ExportRequest = {
  /** The export's key in the settings: what its files are called by and what its changes are kept under. */
  name: string
  settings: ExportSettings
  /** Recorded in the audit trail: `staff:3`, `cli`, `schedule`. */
  actor: string
  onProgress?: (content: ContentName, rows: number) => void
}

export type ExportOutcome =
  | { kind: 'done'; runId: number; takenAt: string; folder: string; manifest: string; files: DeliveredFile[] }
  /** Another process runs this export now. */
  | { kind: 'busy' }

const longestRun = 6 * 3_600_000 // milliseconds

/**
 * Writes the files of an export: all of one moment of the ledger, complete before they have their names, the manifest last. Of several
 * processes one works on an export. Throws `export.folder` for a folder that cannot be written; then there is no file of the run.
 */
export async function runExport(deps: ExportDeps, request: ExportRequest): Promise<ExportOutcome> {
  const keeper = new pg.Client({ connectionString: deps.database.url })
  keeper.on('error', () => undefined)
  await keeper.connect()
  try {
    // Held by connection: after a crash it is free.
    const { rows } = await keeper.query<{ free: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS free', [`export ${request.name}`])
    if (!rows[0]?.free) return { kind: 'busy' }
    await settleEarlier(deps, request)
    return await runAlone(deps, request)
  } finally {
    await keeper.end()
  }
}

/** Of runs that a crash ended, what was complete gets its names; the others have failed. */
async function settleEarlier({ database: { client }, clock }: ExportDeps, { name, settings }: ExportRequest): Promise<void> {
  const finishedAt = fromInstant(clock.now())
  await client.exportRun.updateMany({ where: { name, status: 'running' }, data: { status: 'failed', error: 'its process ended', finishedAt } })
  for (const { id, folder, files } of await client.exportRun.findMany({ where: { name, status: 'written' }, orderBy: { id: 'asc' } })) {
    const names = deliveredFileSchema
      .array()
      .parse(files)
      .map(({ file }) => file)
    const problem = await deliverLate({ folder, name }, [...names, manifestName(name, id)], settings.folder)
    const status = problem === undefined ? { status: 'done' } : { status: 'failed', error: problem }
    // Whatever lost files said has to be said again.
    const forget = problem === undefined ? [] : [client.exportedRow.deleteMany({ where: { export: name } })]
    await client.$transaction([client.exportRun.update({ where: { id }, data: { ...status, finishedAt } }), ...forget])
  }
}

/** Why files did not get their names after a crash; undefined when they did. Throws `export.folder` while the export's present folder cannot be written. */
async function deliverLate(place: ExportPlace, files: string[], present: string): Promise<string | undefined> {
  try {
    const gone = await atFolder(place.folder, () => deliverFiles(place, files))
    // Gone under either name: fetched already, or lost with a share that was not mounted for a while. Nobody can tell.
    return gone.length > 0 ? `its files are gone: ${gone.join(', ')}` : undefined
  } catch (error) {
    if (place.folder === present) throw error
    return errorText(error) // the export has moved, and its old folder is gone with the files
  }
}

async function runAlone(deps: ExportDeps, request: ExportRequest): Promise<ExportOutcome> {
  const { client } = deps.database
  const { name, settings, actor } = request
  const { folder, changesOnly: changes } = settings
  const started = { name, actor, status: 'running', changes, folder, startedAt: fromInstant(deps.clock.now()) }
  const { id } = await client.exportRun.create({ data: started, select: { id: true } })
  try {
    await atFolder(folder, () => removeParts({ folder, name }))
    const manifest = manifestName(name, id)
    const { files, takenAt } = await client.$transaction(tx => writeFiles(tx, deps, request, id), {
      isolationLevel: 'RepeatableRead',
      timeout: longestRun,
      maxWait: 60_000,
    })
    await atFolder(folder, () => deliverFiles({ folder, name }, [...files.map(({ file }) => file), manifest]))
    await client.exportRun.update({ where: { id }, data: { status: 'done', finishedAt: fromInstant(deps.clock.now()) } })
    deps.log.info({ run: id, export: name, files: files.length }, 'an export was written')
    return { kind: 'done', runId: id, takenAt, folder, manifest, files }
  } catch (error) {
    // A run that is written stays so: its files are complete, and the next run gives them their names.
    const failed = { status: 'failed', error: errorText(error).slice(0, 2000), finishedAt: fromInstant(deps.clock.now()) }
    await client.exportRun.updateMany({ where: { id, status: 'running' }, data: failed })
    throw error
  }
}

/** Writes and flushes the files under temporary names; the run, its audit entry and what was said of each row stand or fall together. */
async function writeFiles(tx: Db, { clock }: ExportDeps, request: ExportRequest, runId: number): Promise<{ files: DeliveredFile[]; takenAt: string }> {
  const { name, settings, actor, onProgress } = request
  const administrations = await administrationIds(tx, settings.administrations)
  const takenAt = clock.now().toString({ smallestUnit: 'second' })
  const fileOf = (content?: ContentName) =>
    `${[name, content, ...(settings.fileNames === 'dated' ? [takenAt.replaceAll(/[-:]/g, ''), runId] : [])].filter(part => part !== undefined).join('-')}.${settings.format}`
  const place = { folder: settings.folder, name }
  const files = await openFiles(place, settings, fileOf)
  try {
    const rows = new Map<ContentName, number>()
    const sums = new Map<ContentName, ControlSums>()
    for (const content of settings.contents) {
      const { columns, sums: summed }: ExportContent = exportContents[content]
      const titles = settings.columns[content] ?? {}
      const shown = [...(settings.changesOnly ? [{ name: 'change', kind: 'text' as const }] : []), ...columns]
      const table = await files.open(
        content,
        shown.map(({ name: column, kind }) => ({ name: column, kind, title: titles[column] ?? column })),
      )
      const said = { name: content, said: name }
      const found = settings.changesOnly
        ? readChanges(tx, exportContents[content], administrations, said)
        : readRows(tx, exportContents[content], administrations)
      let count = 0
      const totals = controlSums(shown, summed ?? [])
      for await (const batch of found) {
        await table.write(batch)
        totals.add(batch)
        count += batch.length
        onProgress?.(content, count)
      }
      await table.end()
      if (settings.changesOnly) await rememberRows(tx, said)
      rows.set(content, count)
      if (summed) sums.set(content, totals.result())
    }
    const counted = (contents: ContentName[]) => ({
      contents,
      rows: Object.fromEntries(contents.map(content => [content, rows.get(content) ?? 0])),
      sums: Object.fromEntries([...sums].filter(([content]) => contents.includes(content))),
    })
    const written = (await files.end()).map((file, index) => {
      const content = settings.format === 'xlsx' ? undefined : settings.contents[index]
      return { ...counted(content ? [content] : settings.contents), ...file }
    })
    const before = await tx.exportRun.findFirst({ where: { name, status: 'done', changes: settings.changesOnly }, orderBy: { id: 'desc' } })
    const since = settings.changesOnly ? (before?.takenAt?.toISOString() ?? null) : undefined
    await writeManifest(place, manifestName(name, runId), {
      export: name,
      run: runId,
      takenAt,
      ...(since !== undefined && { changesSince: since }),
      files: written,
    })
    await tx.exportRun.update({ where: { id: runId }, data: { status: 'written', files: written, takenAt: new Date(takenAt) } })
    const detail = { export: name, changes: settings.changesOnly, files: written.map(({ file, rows: of, sha256 }) => ({ file, rows: of, sha256 })) }
    await recordAudit(tx, { actor, event: 'ledger.exported', subject: `export:${runId}`, detail })
    return { files: written, takenAt }
  } catch (error) {
    await files.discard()
    throw error
  }
}

function openFiles(place: ExportPlace, settings: ExportSettings, fileOf: (content?: ContentName) => string): Promise<ExportFiles> | ExportFiles {
  const { format, formulas } = settings
  if (format === 'xlsx') return workbook(place, fileOf(), formulas)
  if (format === 'xml') return textFiles(place, fileOf, xmlFormat)
  const csv = settings.csv ?? ({ separator: ';', decimal: '.', dates: 'yyyy-MM-dd', encoding: 'utf-8' } as const)
  return textFiles(place, fileOf, (_content, columns) => csvFormat(columns, csv, formulas))
}

async function administrationIds(tx: Db, codes: string[]): Promise<number[] | undefined> {
  if (codes.length === 0) return undefined
  const found = await tx.administration.findMany({ where: { code: { in: codes } }, select: { id: true, code: true } })
  const unknown = codes.filter(code => found.every(each => each.code !== code))
  if (unknown.length > 0)
    throw new DuncanError(
      'export.administration',
      `There is no administration ${unknown.join(', ')}.`,
      'Correct the codes; `duncan export --kind administrations` prints them.',
    )
  return found.map(({ id }) => id)
}

const manifestName = (name: string, runId: number): string => `${name}-${runId}.manifest.json`

async function writeManifest(place: ExportPlace, file: string, content: object): Promise<void> {
  const part = await openPartFile(place, file)
  try {
    await part.write(Buffer.from(`${JSON.stringify(content, null, 2)}\n`))
    await part.end()
  } catch (error) {
    await part.discard()
    throw error
  }
}
