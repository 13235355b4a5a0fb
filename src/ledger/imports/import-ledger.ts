import { randomUUID } from 'node:crypto'
import { basename, extname, join } from 'node:path'
import { type Clock, type Database, DuncanError, errorText, fromInstant, type Log } from '#platform'
import { type Administrations, openAdministrations } from './administrations.ts'
import { applyImport, type StagedImport } from './apply-import.ts'
import { compileRows, type RowProblem, type RowReader } from './compile-rows.ts'
import { type ImportType, importFields } from './fields.ts'
import { findColumns } from './find-columns.ts'
import { type HeaderScore, scoreByLabels } from './find-header.ts'
import { emptyCounts, type ImportCounts, type ImportResult, type ReadAs } from './import-result.ts'
import { defaultMapping, type Mapping, readMapping } from './mapping.ts'
import { judgeNotation, type NotationReport } from './notation.ts'
import { inspectFile, readText, type SourceFile } from './open-text.ts'
import { isRejectFile, readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { readXml } from './read-xml.ts'
import { openRejectFile, type RejectFile } from './reject-file.ts'
import { rowStager, tablesOf } from './stage-rows.ts'
import { openStaging, type StagedTable, type Staging } from './staging.ts'
import { detached, type SourceRow, type TableSource } from './table-source.ts'
import { isPageHead, isTotalsRow } from './totals-row.ts'

export type ImportDeps = { database: Database; clock: Clock; log: Log; dataDir: string }

export type ImportProgress = { phase: 'reading' | 'merging'; bytes: number; size: number; rows: number; rejected: number }

export type ImportRequest = {
  file: string
  /** A mapping, or the path of a mapping file; without one, one flat file whose columns are named as the fields are. */
  mapping?: Mapping | string
  /** Says what a real run would do, and changes nothing. */
  dryRun?: boolean
  /** Goes on although a full export would close more than a tenth of the open invoices. */
  confirm?: boolean
  /** These stand above the mapping's own. */
  sheet?: string
  mode?: 'normal' | 'backfill'
  fullExport?: boolean
  /** Recorded in the audit trail: `staff:3`, `cli`, `schedule`. */
  actor?: string
  onProgress?: (progress: ImportProgress) => void
}

/** What names the thing that a row is about. */
const keyField: Record<ImportType, string> = {
  flat: 'invoice_number',
  debtors: 'debtor_number',
  invoices: 'invoice_number',
  payments: 'payment_reference',
  orders: 'order_number',
}
const kept = 100 // problems told in the result; the reject file has them all

/**
 * Imports one file into the ledger: good rows are merged in one transaction, bad ones go to a reject file that can be corrected
 * and imported again. Throws a DuncanError, with nothing applied, when the file as a whole cannot be read.
 */
export async function importLedger(deps: ImportDeps, request: ImportRequest): Promise<ImportResult> {
  const { client } = deps.database
  const mapping = await effectiveMapping(request)
  const source = await inspectFile(request.file, mapping.encoding, { isPolish: await writesPolish(deps) })
  if (request.dryRun) return runImport(deps, request, mapping, source, null)
  await failInterrupted(deps)
  const data = {
    type: mapping.type,
    fileName: basename(request.file),
    fileHash: source.hash,
    mode: mapping.mode,
    status: 'running',
    startedAt: fromInstant(deps.clock.now()),
  }
  const { id } = await client.importRun.create({ data, select: { id: true } })
  try {
    return await runImport(deps, request, mapping, source, id)
  } catch (error) {
    await client.importRun.update({
      where: { id },
      data: { status: 'failed', error: errorText(error).slice(0, 2000), finishedAt: fromInstant(deps.clock.now()) },
    })
    throw error
  }
}

/** Where a file's letters fit two encodings, the creditor's own country decides. */
async function writesPolish({ database }: ImportDeps): Promise<boolean> {
  const administrations = await database.client.administration.findMany({ select: { country: true, language: true } })
  return administrations.length > 0 && administrations.every(({ country, language }) => country === 'PL' || language === 'pl')
}

async function effectiveMapping({ mapping, sheet, mode, fullExport }: ImportRequest): Promise<Mapping> {
  const given = typeof mapping === 'string' ? await readMapping(mapping) : (mapping ?? defaultMapping())
  if (given.bank_statement) {
    const remedy = 'Import the file with `duncan statement import`, or leave bank_statement out of the mapping.'
    throw new DuncanError('import.mapping', 'This mapping is of a bank statement, which is not imported into the ledger.', remedy)
  }
  return { ...given, ...(sheet && { sheet }), ...(mode && { mode }), ...(fullExport !== undefined && { full_export: fullExport }) }
}

/** Runs that a crash ended: nobody holds their staging lock any more. */
async function failInterrupted({ database, clock }: ImportDeps): Promise<void> {
  const minuteAgo = new Date(clock.now().epochMilliseconds - 60_000)
  await database.client.$executeRaw`
    UPDATE "ImportRun" SET status = 'failed', error = 'The process ended during the import; nothing was applied.', "finishedAt" = ${fromInstant(clock.now())}
    WHERE status = 'running' AND "startedAt" < ${minuteAgo} AND pg_try_advisory_xact_lock(hashtext('import-staging ' || id))`
}

async function runImport(deps: ImportDeps, request: ImportRequest, given: Mapping, source: SourceFile, runId: number | null): Promise<ImportResult> {
  const fileName = basename(request.file)
  const counts = emptyCounts()
  const progress = (phase: ImportProgress['phase'], bytes: number) =>
    request.onProgress?.({ phase, bytes, size: source.size, rows: counts.rows, rejected: counts.rejected })
  const compile = await prepareRows(source, fileName, given)
  const mapping = { ...given, ...(compile.sheet && { sheet: compile.sheet }) }
  const table = await openTable(source, fileName, mapping, bytes => progress('reading', bytes))
  const administrations = await openAdministrations(deps.database, fileName)
  const rejectPath = join(deps.dataDir, 'rejects', `${runId}-${basename(fileName, extname(fileName))}.rejects.${table.reject.extension}`)
  const rejectFile = openRejectFile(rejectPath, table.reject, source.encoding)
  const staging = await openStaging(deps.database, runId === null ? `dry${randomUUID().replaceAll('-', '')}` : String(runId), tablesOf[mapping.type])
  try {
    const read = await stageFile(table, {
      mapping,
      reader: compile(table),
      administrations,
      staging,
      counts,
      rejectFile: request.dryRun ? undefined : rejectFile,
    })
    progress('merging', source.size)
    const staged: StagedImport = { ...read, mapping, source, fileName, runId, administrations, staging, counts, isPartial: isRejectFile(table.columns) }
    const applied = await applyImport(deps, staged, { dryRun: request.dryRun ?? false, confirm: request.confirm ?? false, actor: request.actor ?? 'duncan' })
    const common = {
      type: mapping.type,
      mode: mapping.mode,
      fileHash: source.hash,
      counts,
      readAs: readAs(source, table, compile.said, read.totalLines),
      rejects: [...read.rejects, ...applied.rejectedRows.values()].slice(0, kept),
      warnings: read.warnings,
      warningCount: read.warningCount,
      unknownColumns: [...new Set([...read.reader.unknownColumns, ...table.unknownColumns])],
      ...(applied.closingSkipped !== undefined && { closingSkipped: applied.closingSkipped }),
    }
    if (applied.kind === 'dry_run') return { ...common, kind: 'dry_run', diff: applied.diff, wouldWait: applied.wouldWait, ...applied.closing }
    if (applied.kind === 'waiting_confirmation') {
      await rejectFile.discard()
      return { ...common, kind: 'waiting_confirmation', runId: runId ?? 0, ...applied.closing }
    }
    if (applied.rejectedRows.size > 0) await writeLateRejects(source, fileName, mapping, applied.rejectedRows, rejectFile)
    const written = await rejectFile.end()
    if (written) await deps.database.client.importRun.update({ where: { id: runId ?? 0 }, data: { rejectFile: written } })
    deps.log.info({ run: runId, type: mapping.type, mode: mapping.mode, ...counts }, 'a file was imported')
    return { ...common, kind: 'imported', runId: runId ?? 0, rejectFile: written }
  } catch (error) {
    await rejectFile.discard()
    throw error
  } finally {
    await staging.drop()
  }
}

type PreparedRows = ((table: TableSource) => RowReader) & { said: NotationReport; sheet: string | undefined }

/** Judges how the file writes amounts and dates, by a look at its first rows or at all of them. */
async function prepareRows(source: SourceFile, fileName: string, mapping: Mapping): Promise<PreparedRows> {
  const table = await openTable(source, fileName, mapping)
  const columns = findColumns(mapping, table.columns, fileName)
  const notation = await judgeNotation(table.batches, mapping, columns, fileName)
  return Object.assign((opened: TableSource) => compileRows(columns, opened.columns, notation), { said: notation.said, sheet: table.layout?.sheet })
}

function readAs({ encoding, isSure, isWorkbook }: SourceFile, { layout }: TableSource, said: NotationReport, totalLines: number[]): ReadAs {
  return { encoding: isWorkbook ? 'xlsx' : encoding, isEncodingSure: isSure, ...layout, ...said, totalLines }
}

/** A file as a table of rows, by its mapping, its content and the ending of its name; `scoreHeader` finds the header of a file without a mapping. */
export function openTable(
  source: SourceFile,
  fileName: string,
  mapping: Mapping,
  onBytes?: (bytes: number) => void,
  scoreHeader?: HeaderScore,
): Promise<TableSource> {
  const fields = importFields[mapping.type]
  const labels = fields.filter(({ name, required }) => required || mapping.columns[name] !== undefined).map(({ name }) => mapping.columns[name] ?? name)
  const options = {
    headerLine: mapping.header_line,
    scoreHeader: scoreHeader ?? scoreByLabels(labels),
    fillDown: mapping.fill_down.map(name => mapping.columns[name] ?? name),
  }
  if (source.isWorkbook) return readXlsx(source.path, fileName, { ...options, sheet: mapping.sheet })
  const text = readText(source, onBytes)
  const isXml = mapping.format === 'xml' || (mapping.format === undefined && extname(fileName).toLowerCase() === '.xml')
  if (!isXml) return readCsv(text, fileName, { ...options, delimiter: mapping.delimiter === 'tab' ? '\t' : mapping.delimiter })
  if (!mapping.records) {
    const remedy = 'Set "records" in a mapping file: the path of one record, for example /Export/Invoices/Invoice.'
    throw new DuncanError('import.columns', `${fileName} is XML, and it is not known which of its elements are the records.`, remedy)
  }
  const paths = fields.map(({ name }) => ({ path: mapping.columns[name] ?? name, isMapped: mapping.columns[name] !== undefined }))
  return readXml(text, fileName, mapping.records, paths)
}

type StageRequest = {
  mapping: Mapping
  reader: RowReader
  administrations: Administrations
  staging: Staging
  counts: ImportCounts
  rejectFile: RejectFile | undefined
}

export type ReadFile = {
  reader: RowReader
  rejects: RowProblem[]
  warnings: RowProblem[]
  warningCount: number
  /** Administration and number of rejected rows, as far as they name one. */
  rejectedNumbers: { adm: number; number: string }[]
  /** The first rejected row whose number cannot be told. */
  namelessLine: number | undefined
  /** Lines that are no records: they add up the others, or are the head of a page. */
  totalLines: number[]
}

/** Reads the whole file once: good rows into the staging tables, bad ones into the reject file. */
async function stageFile(table: TableSource, { mapping, reader, administrations, staging, counts, rejectFile }: StageRequest): Promise<ReadFile> {
  const result: ReadFile = { reader, rejects: [], warnings: [], warningCount: 0, rejectedNumbers: [], namelessLine: undefined, totalLines: [] }
  const copies = new Map(await Promise.all(tablesOf[mapping.type].map(async name => [name, await staging.copy(name)] as const)))
  let problems: RowProblem[] = []
  const stage = rowStager(mapping.type, reader, administrations, {
    write: (name: StagedTable, row) => copies.get(name)?.write(row),
    // A flat row is a debtor and an invoice: what both need is missing once.
    problem: problem => {
      if (!problems.some(known => known.column === problem.column && known.problem === problem.problem)) problems.push(problem)
    },
    warning: warning => {
      result.warningCount++
      if (result.warnings.length < kept) result.warnings.push(warning)
    },
  })

  const reject = (row: SourceRow) => {
    const found = problems
    problems = []
    const number = row.problem ? '' : reader.text(row, keyField[mapping.type])
    if (isTotalsRow(row, number) || isPageHead(row, table.columns)) {
      counts.rows--
      result.totalLines.push(row.line)
      return
    }
    counts.rejected++
    result.rejects.push(...found.slice(0, kept - result.rejects.length))
    rejectFile?.add(row, found.map(({ column, problem }) => (column ? `${column}: ${problem}` : problem)).join('; '))
    const code = number === '' ? '' : reader.text(row, 'administration')
    if (number === '' || !administrations.accepts(code) || result.rejectedNumbers.length >= 100_000) result.namelessLine ??= row.line
    else result.rejectedNumbers.push({ adm: administrations.of(code).id, number: detached(number) })
  }

  let isFirst = true
  for await (const batch of table.batches) {
    if (isFirst) await administrations.prepare(batch.filter(row => !row.problem).map(row => reader.text(row, 'administration')))
    isFirst = false
    for (const row of batch) {
      counts.rows++
      if (row.problem) problems.push({ line: row.line, column: '', problem: row.problem })
      if (row.problem || !stage(row)) reject(row)
    }
    for (const copy of copies.values()) await copy.flush()
    await rejectFile?.flush()
  }
  for (const copy of copies.values()) await copy.end()
  return result
}

/** Rows that only the database could judge (numbers that stand twice, unknown debtors) are fetched from the file once more. */
async function writeLateRejects(source: SourceFile, fileName: string, mapping: Mapping, rejected: Map<number, RowProblem>, file: RejectFile): Promise<void> {
  const table = await openTable(source, fileName, mapping)
  for await (const batch of table.batches) {
    for (const row of batch) {
      const found = rejected.get(row.line)
      if (found) file.add(row, `${found.column}: ${found.problem}`)
    }
    await file.flush()
  }
}
