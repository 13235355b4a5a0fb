import type { Closing } from './import-result.ts'
import { bulk, count, type Merge, rejectedKeys, rejectRepeats, rejectShortened, rejectUnknownDebtors } from './merge.ts'

/** Columns that a file may leave out; what it leaves out stays as it is. */
const optional = [
  { field: 'invoice_date', column: 'invoiceDate', staged: 'invoice_date' },
  { field: 'po_number', column: 'poNumber', staged: 'po_number' },
  { field: 'order_number', column: 'orderNumber', staged: 'order_number' },
  { field: 'payment_reference', column: 'paymentReference', staged: 'payment_reference' },
]

// An invoice with bank money on it has two figures: the ledger's own, which is compared here, and what is owed (restateOpenAmounts).
const ledgerOpen = `COALESCE(i."ledgerOpenAmount", i."openAmount")`
const inLedger: Record<string, string> = {
  openAmount: ledgerOpen,
  status: `CASE WHEN i."ledgerOpenAmount" IS NULL THEN i.status WHEN i."ledgerOpenAmount" = 0 THEN 'closed' ELSE 'open' END`,
}

/** Takes the staged invoices out that cannot be merged: numbers that stand twice, debtors that are not known. */
export async function checkInvoices(merge: Merge): Promise<void> {
  merge.counts.invoicesRepeated += await rejectRepeats(merge, 'invoice', 'invoice_number')
  if (merge.mapping.type === 'flat') await rejectShortened(merge, 'invoice', { of: 'Debtor', column: 'debtor_number' })
  await rejectShortened(merge, 'invoice', { of: 'Invoice', column: 'number' })
  if (merge.mapping.type === 'invoices') await rejectUnknownDebtors(merge, 'invoice')
}

/** Brings the staged invoices into the ledger: an open amount of zero closes, anything else opens again. */
export async function mergeInvoices(merge: Merge): Promise<void> {
  const { tx, table, counts, now } = merge
  const stage = table('invoice')
  const today = merge.today
  const given = optional.filter(each => merge.reader.has(each.field))
  const status = `CASE WHEN s.open_amount = 0 THEN 'closed' ELSE 'open' END`
  const reason = `CASE WHEN s.open_amount <> 0 THEN NULL WHEN s.amount < 0 THEN 'credited' ELSE 'paid' END`
  const columns = [
    ['debtorId', 'd.id'],
    ['dueDate', 's.due_date'],
    ['currency', 's.currency'],
    ['amount', 's.amount'],
    ['openAmount', 's.open_amount'],
    ['status', status],
    ...given.map(({ column, staged }) => [column, `s.${staged}`]),
  ] as [string, string][]
  const debtor = `JOIN "Debtor" d ON d."administrationId" = s.adm AND d.number = s.debtor_number`
  const differs = `(${columns.map(([column]) => inLedger[column] ?? `i."${column}"`).join(', ')}) IS DISTINCT FROM (${columns.map(([, value]) => value).join(', ')})`
  const same = `i."administrationId" = s.adm AND i.number = s.number`
  const missing = `FROM ${stage} s ${debtor} WHERE NOT EXISTS (SELECT FROM "Invoice" i WHERE ${same})`
  const facts = (value: (column: string, staged: string) => string) =>
    `jsonb_build_object(${columns
      .filter(([column]) => column !== 'debtorId')
      .map(([column, staged]) => `'${column}', ${value(column, staged)}`)
      .join(', ')}, 'debtor', d.number)` // prettier-ignore
  const old = facts(column => `i."${column}"`).replace("'debtor', d.number", `'debtor', (SELECT number FROM "Debtor" WHERE id = i."debtorId")`)
  const fresh = facts((_column, staged) => staged)

  await merge.sample(
    'invoice',
    'changed',
    `SELECT i.number AS key, ${old} AS old, ${fresh} AS new FROM ${stage} s ${debtor} JOIN "Invoice" i ON ${same} WHERE ${differs}`,
  )
  await merge.sample('invoice', 'created', `SELECT s.number AS key, NULL::jsonb AS old, ${fresh} AS new ${missing}`)
  counts.invoicesChanged += await bulk(
    tx,
    `UPDATE "Invoice" i SET ${columns.map(([column, value]) => `"${column}" = ${value}`).join(', ')}, kind = CASE WHEN s.amount < 0 THEN 'credit_note' ELSE 'invoice' END,
       "closedOn" = CASE WHEN s.open_amount = 0 THEN COALESCE(i."closedOn", ${today}) END, "closedReason" = ${reason}, "importRunId" = ${merge.runId ?? 'NULL'},
       "firstDueDate" = CASE WHEN i."dueDate" <> s.due_date THEN COALESCE(i."firstDueDate", i."dueDate") ELSE i."firstDueDate" END,
       "ledgerOpenAmount" = CASE WHEN i."ledgerOpenAmount" IS NOT NULL THEN s.open_amount END,
       "ledgerOpenSince" = CASE WHEN ${ledgerOpen} <> s.open_amount THEN ${today} ELSE i."ledgerOpenSince" END
     FROM ${stage} s ${debtor} WHERE ${same} AND ${differs}`,
  )
  counts.invoicesCreated += await bulk(
    tx,
    `INSERT INTO "Invoice" ("administrationId", number, "searchNumber", kind, ${columns.map(([column]) => `"${column}"`).join(', ')}, "closedOn", "closedReason", "importRunId", "createdAt", "ledgerOpenSince")
     SELECT s.adm, s.number, s.search_number, CASE WHEN s.amount < 0 THEN 'credit_note' ELSE 'invoice' END, ${columns.map(([, value]) => value).join(', ')},
       CASE WHEN s.open_amount = 0 THEN ${today} END, ${reason}, ${merge.runId ?? 'NULL::int'}, '${now}', ${today} ${missing}`,
  )
  counts.invoicesUnchanged = (await count(tx, `SELECT count(*)::int AS n FROM ${stage}`)) - counts.invoicesChanged - counts.invoicesCreated
}

/** Neither a good nor a rejected row of the file names it. */
const isUnnamed = (stage: string) => `NOT EXISTS (SELECT FROM ${stage} s WHERE s.adm = i."administrationId" AND s.number = i.number)
  AND NOT EXISTS (SELECT FROM ${rejectedKeys} r WHERE r.adm = i."administrationId" AND r.number = i.number)`

const isMissing = (stage: string) => `i.status = 'open' AND ${isUnnamed(stage)}`

const administrationsIn = (merge: Merge) => merge.administrations.ids().join(', ') || '0'

/** How many invoices the full export would close, of how many that are open in its administrations. */
export async function countMissing(merge: Merge): Promise<Closing> {
  const scope = `i."administrationId" IN (${administrationsIn(merge)})`
  const open = await count(merge.tx, `SELECT count(*)::int AS n FROM "Invoice" i WHERE i.status = 'open' AND ${scope}`)
  const closing = await count(merge.tx, `SELECT count(*)::int AS n FROM "Invoice" i WHERE ${scope} AND ${isMissing(merge.table('invoice'))}`)
  return { open, closing }
}

/** Closes what the full export no longer holds. Its open amount becomes zero: it is not owed any more. */
export async function closeMissing(merge: Merge): Promise<void> {
  const { tx, counts } = merge
  const where = `i."administrationId" IN (${administrationsIn(merge)}) AND ${isMissing(merge.table('invoice'))}`
  const old = `jsonb_build_object('status', i.status, 'openAmount', i."openAmount")`
  await merge.sample(
    'invoice',
    'closed',
    `SELECT i.number AS key, ${old} AS old, '{"status":"closed","openAmount":0}'::jsonb AS new FROM "Invoice" i WHERE ${where}`,
  )
  const today = merge.today.replaceAll('s.adm', 'i."administrationId"')
  const settled = `"ledgerOpenAmount" = CASE WHEN i."ledgerOpenAmount" IS NOT NULL THEN 0 END, "ledgerOpenSince" = ${today}`
  counts.invoicesClosed += await bulk(
    tx,
    `UPDATE "Invoice" i SET status = 'closed', "openAmount" = 0, "closedOn" = ${today}, "closedReason" = 'missing_from_import', "importRunId" = ${merge.runId ?? 'NULL'}, ${settled} WHERE ${where}`,
  )
  // Closed already by bank money that was ahead of the ledger: the ledger has caught up, nothing closes twice.
  await bulk(
    tx,
    `UPDATE "Invoice" i SET ${settled}, "importRunId" = ${merge.runId ?? 'NULL'} WHERE i.status = 'closed' AND i."ledgerOpenAmount" <> 0
      AND i."administrationId" IN (${administrationsIn(merge)}) AND ${isUnnamed(merge.table('invoice'))}`,
  )
}

/** Marks the administrations' open items as fresh. */
export async function markImported(merge: Merge): Promise<void> {
  await bulk(merge.tx, `UPDATE "Administration" SET "importedAt" = '${merge.now}' WHERE id IN (SELECT DISTINCT adm FROM ${merge.table('invoice')})`)
}
