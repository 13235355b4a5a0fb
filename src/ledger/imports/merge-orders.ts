import { bulk, type Merge, rejectRepeats, rejectUnknownDebtors } from './merge.ts'

/** Brings the staged orders into the ledger. */
export async function mergeOrders(merge: Merge): Promise<void> {
  const { tx, table, counts, reader } = merge
  await rejectRepeats(merge, 'order', 'order_number')
  await rejectUnknownDebtors(merge, 'order')
  const columns = [
    ['debtorId', 'd.id'],
    ['currency', 's.currency'],
    ['amount', 's.amount'],
    ...(reader.has('order_date') ? [['orderDate', 's.order_date']] : []),
    ...(reader.has('po_number') ? [['poNumber', 's.po_number']] : []),
    ...(reader.has('status') ? [['status', `COALESCE(s.status, 'open')`]] : []),
  ] as [string, string][]
  const debtor = `JOIN "Debtor" d ON d."administrationId" = s.adm AND d.number = s.debtor_number`
  const differs = `(${columns.map(([column]) => `o."${column}"`).join(', ')}) IS DISTINCT FROM (${columns.map(([, value]) => value).join(', ')})`
  const same = `o."administrationId" = s.adm AND o.number = s.number`
  const missing = `FROM ${table('order')} s ${debtor} WHERE NOT EXISTS (SELECT FROM "Order" o WHERE ${same})`
  const fresh = `jsonb_build_object('amount', s.amount, 'debtor', d.number)`
  await merge.sample(
    'order',
    'changed',
    `SELECT o.number AS key, jsonb_build_object('amount', o.amount) AS old, ${fresh} AS new FROM ${table('order')} s ${debtor} JOIN "Order" o ON ${same} WHERE ${differs}`,
  )
  await merge.sample('order', 'created', `SELECT s.number AS key, NULL::jsonb AS old, ${fresh} AS new ${missing}`)
  counts.ordersChanged += await bulk(
    tx,
    `UPDATE "Order" o SET ${columns.map(([column, value]) => `"${column}" = ${value}`).join(', ')} FROM ${table('order')} s ${debtor} WHERE ${same} AND ${differs}`,
  )
  counts.ordersCreated += await bulk(
    tx,
    `INSERT INTO "Order" ("administrationId", number, ${columns.map(([column]) => `"${column}"`).join(', ')}) SELECT s.adm, s.number, ${columns.map(([, value]) => value).join(', ')} ${missing}`,
  )
}
