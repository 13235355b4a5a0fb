import { type Db, fromInstant, Prisma, recordAudit } from '#platform'
import { lockLedger } from '../ledger-lock.ts'
import { restateOpenAmounts } from '../matching/open-amounts.ts'
import type { Administrations } from './administrations.ts'
import type { RowProblem } from './compile-rows.ts'
import type { ImportDeps, ReadFile } from './import-ledger.ts'
import type { Closing, ImportCounts, ImportSample } from './import-result.ts'
import type { Mapping } from './mapping.ts'
import { bulk, type Merge, rejectedKeys, rejectRepeats, rejectShortened, rows } from './merge.ts'
import { mergeDebtors } from './merge-debtors.ts'
import { checkInvoices, closeMissing, countMissing, markImported, mergeInvoices } from './merge-invoices.ts'
import { mergeOrders } from './merge-orders.ts'
import { mergePayments } from './merge-payments.ts'
import type { SourceFile } from './open-text.ts'
import { tablesOf } from './stage-rows.ts'
import type { Staging } from './staging.ts'

export type StagedImport = ReadFile & {
  mapping: Mapping
  source: SourceFile
  fileName: string
  runId: number | null
  administrations: Administrations
  staging: Staging
  counts: ImportCounts
  /** A corrected reject file: it never holds everything, whatever the mapping says. */
  isPartial: boolean
}

type Late = { rejectedRows: Map<number, RowProblem>; closingSkipped?: string | undefined }
export type Applied =
  | (Late & { kind: 'done' })
  | (Late & { kind: 'waiting_confirmation'; closing: Closing })
  | (Late & { kind: 'dry_run'; diff: ImportSample[]; wouldWait: boolean; closing?: Closing })

const mostClosed = 0.1
const sampleSize = 20
const longestRun = 6 * 3_600_000 // milliseconds

/** A transaction that must leave nothing behind ends by throwing this. */
class RolledBack extends Error {
  readonly applied: Applied
  constructor(applied: Applied) {
    super('rolled back')
    this.applied = applied
  }
}

/** Merges the staged rows in one transaction, with its audit entry. A dry run does the same and rolls it back. */
export async function applyImport(deps: ImportDeps, staged: StagedImport, options: { dryRun: boolean; confirm: boolean; actor: string }): Promise<Applied> {
  try {
    return await deps.database.client.$transaction(tx => merge(tx, deps, staged, options), { timeout: longestRun, maxWait: 60_000 })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    if (error.applied.kind === 'waiting_confirmation') await noteWaiting(deps, staged)
    return error.applied
  }
}

async function merge(
  tx: Db,
  deps: ImportDeps,
  staged: StagedImport,
  { dryRun, confirm, actor }: { dryRun: boolean; confirm: boolean; actor: string },
): Promise<Applied> {
  const { counts, mapping, administrations, staging, runId } = staged
  const diff: ImportSample[] = []
  const rejectedRows = new Map<number, RowProblem>()
  // One merge at a time: two files about the same debtor would otherwise wait for each other's rows in a circle.
  await lockLedger(tx)
  await tx.$executeRaw`SET LOCAL work_mem = '96MB'`
  await tx.$executeRaw`SET LOCAL jit = off`
  await createAdministrations(tx, staged)
  const now = deps.clock.now()
  const step: Merge = {
    tx,
    mapping,
    reader: staged.reader,
    administrations,
    counts,
    table: staging.table,
    now: now.toString(),
    today: administrations.todaySql(deps.clock),
    runId,
    rejectRow: (line, column, problem) => {
      if (!rejectedRows.has(line)) counts.rejected++
      rejectedRows.set(line, { line, column, problem })
    },
    sample: async (subject, change, query) => {
      if (!dryRun) return
      const found = await rows<Pick<ImportSample, 'key' | 'old' | 'new'>>(tx, `${query} LIMIT ${sampleSize}`)
      for (const each of found) diff.push({ subject, change, ...each })
    },
  }
  await noteRejected(tx, staged)

  const hasInvoices = tablesOf[mapping.type].includes('invoice')
  if (hasInvoices) await checkInvoices(step)
  const closingSkipped = hasInvoices ? reasonNotToClose(staged) : undefined
  const closes = hasInvoices && mapping.full_export && mapping.missing_invoices === 'close' && !staged.isPartial && closingSkipped === undefined
  const closing = closes ? await countMissing(step) : undefined
  const wouldWait = closing !== undefined && closing.closing > closing.open * mostClosed
  const late: Late = { rejectedRows, closingSkipped }
  if (closing && wouldWait && !confirm && !dryRun) throw new RolledBack({ ...late, kind: 'waiting_confirmation', closing })

  if (mapping.type === 'debtors') await rejectRepeats(step, 'debtor', 'debtor_number')
  if (tablesOf[mapping.type].includes('debtor')) {
    await rejectShortened(step, 'debtor', { of: 'Debtor', column: 'number' })
    await mergeDebtors(step)
  }
  if (hasInvoices) await mergeInvoices(step)
  if (closes) await closeMissing(step)
  if (mapping.type === 'payments') await mergePayments(step, staged.isPartial)
  if (mapping.type === 'orders') await mergeOrders(step)
  // History says nothing about what is owed today.
  if (hasInvoices && mapping.mode === 'normal') await markImported(step)
  if (hasInvoices || mapping.payments_lower_open_amount) await restateOpenAmounts(tx, { importRunId: runId })
  // After a first load the planner would take the tables for empty until its own analysis comes round.
  if (counts.invoicesCreated > 10_000 && !dryRun) await bulk(tx, `ANALYZE "Debtor", "Contact", "Invoice"`)
  // Names that wait in the index's list of newcomers are read one by one at every look-up, until the database's own cleaning comes by.
  if (counts.debtorsCreated > 0 && !dryRun) await bulk(tx, `SELECT gin_clean_pending_list('"Debtor_searchName_idx"')`)
  if (dryRun) throw new RolledBack({ ...late, kind: 'dry_run', diff, wouldWait, ...(closing && { closing }) })

  const finishedAt = fromInstant(deps.clock.now())
  await tx.importRun.update({ where: { id: runId ?? 0 }, data: { status: 'done', counts, finishedAt } })
  const { fileName, source } = staged
  const detail = { type: mapping.type, mode: mapping.mode, fileName, fileHash: source.hash, counts }
  await recordAudit(tx, { actor, event: 'ledger.imported', subject: `import:${runId}`, detail })
  return { ...late, kind: 'done' }
}

async function createAdministrations(tx: Db, { administrations, staging, counts, mapping }: StagedImport): Promise<void> {
  const { created, moved } = await administrations.create(tx)
  counts.administrationsCreated = created
  for (const { from, to } of moved)
    for (const name of tablesOf[mapping.type]) await bulk(tx, `UPDATE ${staging.table(name)} SET adm = ${to} WHERE adm = ${from}`)
}

async function noteRejected(tx: Db, { rejectedNumbers }: StagedImport): Promise<void> {
  await bulk(tx, `CREATE TEMP TABLE rejected_key (adm int, number text) ON COMMIT DROP`)
  if (rejectedNumbers.length === 0) return
  await tx.$executeRaw`INSERT INTO ${Prisma.raw(rejectedKeys)} SELECT adm, number FROM jsonb_to_recordset(${JSON.stringify(rejectedNumbers)}::jsonb) AS r(adm int, number text)`
}

/** A rejected row that does not say which invoice it was may be any of those that seem to be missing. */
function reasonNotToClose({ mapping, namelessLine }: StagedImport): string | undefined {
  if (!mapping.full_export || mapping.missing_invoices === 'keep' || namelessLine === undefined) return undefined
  return `line ${namelessLine} was rejected and its invoice number cannot be read, so no missing invoice was closed`
}

async function noteWaiting({ database, clock }: ImportDeps, { runId, counts }: StagedImport): Promise<void> {
  await database.client.importRun.update({ where: { id: runId ?? 0 }, data: { status: 'waiting_confirmation', counts, finishedAt: fromInstant(clock.now()) } })
}
