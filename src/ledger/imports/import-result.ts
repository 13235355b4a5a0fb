import type { RowProblem } from './compile-rows.ts'
import type { ImportType } from './fields.ts'
import type { NotationReport } from './notation.ts'

const noCounts = {
  rows: 0,
  rejected: 0,
  administrationsCreated: 0,
  groupsCreated: 0,
  debtorsCreated: 0,
  debtorsChanged: 0,
  debtorsUnchanged: 0,
  contactsCreated: 0,
  contactsChanged: 0,
  contactsRemoved: 0,
  invoicesCreated: 0,
  invoicesChanged: 0,
  invoicesUnchanged: 0,
  invoicesClosed: 0,
  invoicesRepeated: 0,
  ordersCreated: 0,
  ordersChanged: 0,
  paymentsCreated: 0,
  paymentsChanged: 0,
  allocationsCreated: 0,
  allocationsChanged: 0,
  allocationsRemoved: 0,
}
export type ImportCounts = typeof noCounts
export const emptyCounts = (): ImportCounts => ({ ...noCounts })

/** One of the things that a dry run would write, with the fields that differ. */
export type ImportSample = {
  subject: 'debtor' | 'invoice' | 'order' | 'payment'
  change: 'created' | 'changed' | 'closed'
  key: string
  old: Record<string, unknown> | null
  new: Record<string, unknown> | null
}

/** What a full export would close: the open invoices of its administrations that it does not hold. */
export type Closing = { closing: number; open: number }

/** How the file was read, so that a person sees what was taken for what. */
export type ReadAs = NotationReport & {
  encoding: string
  /** Another encoding would have read the file as well. */
  isEncodingSure: boolean
  /** CSV: what separates the columns. */
  delimiter?: string
  sheet?: string
  /** Where the columns are named, from 1; absent for XML. */
  headerLine?: number
  /** Lines that were left out because they are no records: totals, and columns named again on each page. */
  totalLines: number[]
}

type Common = {
  type: ImportType
  mode: 'normal' | 'backfill'
  fileHash: string
  counts: ImportCounts
  readAs: ReadAs
  /** The first hundred of each; the counts hold how many there are. */
  rejects: RowProblem[]
  warnings: RowProblem[]
  warningCount: number
  /** Columns that nothing was read from. */
  unknownColumns: string[]
  /** Why the file, although a full export, closed nothing. */
  closingSkipped?: string
}

export type ImportResult =
  | (Common & { kind: 'imported'; runId: number; rejectFile: string | null })
  /** Nothing was applied: run it again with `confirm`. */
  | (Common & Closing & { kind: 'waiting_confirmation'; runId: number })
  /** Nothing was written; `wouldWait` when a real run would ask for confirmation first. */
  | (Common & Partial<Closing> & { kind: 'dry_run'; diff: ImportSample[]; wouldWait: boolean })
