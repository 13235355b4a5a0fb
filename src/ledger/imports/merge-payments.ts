import { bulk, count, type Merge, rejectStaged, rejectUnknownDebtors } from './merge.ts'

/**
 * Brings the staged payments in. The rows of one payment are all of its allocations: one that the file no longer has goes
 * (`isPartial`: a corrected reject file leaves the others alone). Open amounts follow only if the mapping says so.
 */
export async function mergePayments(merge: Merge, isPartial: boolean): Promise<void> {
  const { tx, table, counts, mapping, reader } = merge
  const stage = table('payment')
  await rejectUnknownDebtors(merge, 'payment')
  await rejectContradictions(merge)
  await rejectExcess(merge, isPartial)

  const first = `(SELECT DISTINCT ON (s.adm, s.number) s.*, COALESCE(d.id, i."debtorId") AS debtor FROM ${stage} s
    LEFT JOIN "Debtor" d ON d."administrationId" = s.adm AND d.number = s.debtor_number
    LEFT JOIN "Invoice" i ON i."administrationId" = s.adm AND i.number = s.invoice_number ORDER BY s.adm, s.number, s.line) s`
  const same = `p."administrationId" = s.adm AND p.reference = s.number`
  const columns = [
    ['receivedOn', 's.received_on'],
    ['currency', 's.currency'],
    ['amount', 's.amount'],
    ['debtorId', 's.debtor'],
    ...(reader.has('text') ? [['text', 's.text']] : []),
  ] as [string, string][] // prettier-ignore
  const differs = `(${columns.map(([column]) => `p."${column}"`).join(', ')}) IS DISTINCT FROM (${columns.map(([, value]) => value).join(', ')})`
  const fresh = `jsonb_build_object('amount', s.amount, 'receivedOn', s.received_on)`
  const missing = `FROM ${first} WHERE NOT EXISTS (SELECT FROM "Payment" p WHERE ${same})`
  await merge.sample(
    'payment',
    'changed',
    `SELECT p.reference AS key, jsonb_build_object('amount', p.amount, 'receivedOn', p."receivedOn") AS old, ${fresh} AS new FROM ${first} JOIN "Payment" p ON ${same} WHERE ${differs}`,
  )
  await merge.sample('payment', 'created', `SELECT s.number AS key, NULL::jsonb AS old, ${fresh} AS new ${missing}`)
  counts.paymentsChanged += await bulk(
    tx,
    `UPDATE "Payment" p SET ${columns.map(([column, value]) => `"${column}" = ${value}`).join(', ')} FROM ${first} WHERE ${same} AND ${differs}`,
  )
  counts.paymentsCreated += await bulk(
    tx,
    `INSERT INTO "Payment" ("administrationId", reference, ${columns.map(([column]) => `"${column}"`).join(', ')}) SELECT s.adm, s.number, ${columns.map(([, value]) => value).join(', ')} ${missing}`,
  )
  await mergeAllocations(merge, isPartial, mapping.payments_lower_open_amount)
}

/** Rows that contradict the ledger or an earlier row of the same payment. */
async function rejectContradictions(merge: Merge): Promise<void> {
  const stage = merge.table('payment')
  const invoice = `LEFT JOIN "Invoice" i ON i."administrationId" = s.adm AND i.number = s.invoice_number`
  await rejectStaged(
    merge,
    'payment',
    'invoice_number',
    `SELECT s.line, left(s.invoice_number, 40) AS about FROM ${stage} s ${invoice} WHERE s.invoice_number IS NOT NULL AND i.id IS NULL ORDER BY 1`,
    about => `invoice ${about} is not in this administration; import the invoices first`,
  ) // prettier-ignore
  await rejectStaged(
    merge,
    'payment',
    'currency',
    `SELECT s.line, i.currency AS about FROM ${stage} s ${invoice} WHERE i.currency <> s.currency ORDER BY 1`,
    about => `the invoice is in ${about}; a payment is allocated in the invoice's currency`,
  ) // prettier-ignore
  await rejectStaged(
    merge,
    'payment',
    'debtor_number',
    `SELECT s.line, other.number AS about FROM ${stage} s ${invoice} JOIN "Debtor" other ON other.id = i."debtorId" WHERE s.debtor_number IS NOT NULL AND other.number <> s.debtor_number ORDER BY 1`,
    about => `the invoice is debtor ${about}'s; correct one of them`,
  ) // prettier-ignore
  const earlier = `JOIN LATERAL (SELECT f.line, f.amount, f.received_on, f.currency FROM ${stage} f WHERE f.adm = s.adm AND f.number = s.number AND f.line < s.line ORDER BY f.line LIMIT 1) f ON true`
  const repeated = `SELECT adm, number FROM ${stage} GROUP BY adm, number HAVING count(*) > 1`
  await rejectStaged(
    merge,
    'payment',
    'amount',
    `SELECT s.line, f.line::text AS about FROM ${stage} s JOIN (${repeated}) r USING (adm, number) ${earlier} WHERE (f.amount, f.received_on, f.currency) IS DISTINCT FROM (s.amount, s.received_on, s.currency) ORDER BY 1`,
    about => `line ${about} gives the same payment another amount, date or currency; correct one of them`,
  ) // prettier-ignore
  await rejectStaged(
    merge,
    'payment',
    'payment_reference',
    `SELECT line, first::text AS about FROM (SELECT s.line, min(s.line) OVER (PARTITION BY adm, number, invoice_number) AS first FROM ${stage} s) s WHERE line > first ORDER BY 1`,
    about => `line ${about} has the same payment and invoice already; keep one of them`,
  ) // prettier-ignore
}

/** A payment never pays more than it holds, an invoice never takes more than its amount; the row that would is rejected. */
async function rejectExcess(merge: Merge, isPartial: boolean): Promise<void> {
  const stage = merge.table('payment')
  await rejectStaged(
    merge,
    'payment',
    'allocated_amount',
    `SELECT line, '' AS about FROM ${stage} WHERE invoice_number IS NOT NULL AND (allocated = 0 OR sign(allocated) <> sign(amount)) ORDER BY 1`,
    () => `the allocated amount must not be zero and must have the payment's sign`,
  ) // prettier-ignore
  const invoice = `JOIN "Invoice" i ON i."administrationId" = s.adm AND i.number = s.invoice_number`
  const payment = `LEFT JOIN "Payment" p ON p."administrationId" = s.adm AND p.reference = s.number`
  // What stands already and is not stated again by a row of this file.
  const restated = (of: string) =>
    `EXISTS (SELECT FROM ${stage} r JOIN "Invoice" ri ON ri."administrationId" = r.adm AND ri.number = r.invoice_number WHERE r.adm = op."administrationId" AND r.number = op.reference ${of})`
  const standing = (where: string, of: string) =>
    `COALESCE((SELECT sum(a.amount) FROM "PaymentAllocation" a JOIN "Payment" op ON op.id = a."paymentId" AND op.source = 'ledger' WHERE ${where} AND NOT ${restated(of)}), 0)`
  const others = isPartial ? 'AND ri.id = a."invoiceId"' : ''
  const inPayment = `SELECT s.line, s.amount::text AS about FROM (SELECT s.line, s.amount, p.id AS payment, sum(s.allocated) OVER (PARTITION BY s.adm, s.number ORDER BY s.line) AS total FROM ${stage} s ${payment} WHERE s.invoice_number IS NOT NULL) s
    WHERE abs(s.total + ${isPartial ? standing('a."paymentId" = s.payment', others) : '0'}) > abs(s.amount) ORDER BY 1`
  await rejectStaged(merge, 'payment', 'allocated_amount', inPayment, about => `the allocations of this payment would exceed its ${about}; correct one of them`)
  const inInvoice = `SELECT s.line, s.held::text AS about FROM (SELECT s.line, i.id AS invoice, i.amount AS held, sum(s.allocated) OVER (PARTITION BY i.id ORDER BY s.line) AS total FROM ${stage} s ${invoice}) s
    WHERE (s.total + ${standing('a."invoiceId" = s.invoice', others)}) * sign(s.held) > abs(s.held) ORDER BY 1`
  await rejectStaged(merge, 'payment', 'allocated_amount', inInvoice, about => `the payments on this invoice would exceed its ${about}; correct one of them`)
}

async function mergeAllocations({ tx, table, counts, today, runId }: Merge, isPartial: boolean, lowersOpenAmount: boolean): Promise<void> {
  const wanted = `SELECT p.id AS payment, i.id AS invoice, s.allocated AS amount FROM ${table('payment')} s
    JOIN "Payment" p ON p."administrationId" = s.adm AND p.reference = s.number JOIN "Invoice" i ON i."administrationId" = s.adm AND i.number = s.invoice_number`
  await bulk(tx, `CREATE TEMP TABLE wanted_allocation ON COMMIT DROP AS ${wanted}`)
  await bulk(tx, `CREATE TEMP TABLE allocation_delta (invoice int, amount numeric) ON COMMIT DROP`)
  // An allocation of a rejected row is not gone from the file.
  const gone = `a."paymentId" IN (SELECT p.id FROM "Payment" p JOIN ${table('payment')} s ON p."administrationId" = s.adm AND p.reference = s.number)
    AND NOT EXISTS (SELECT FROM wanted_allocation w WHERE w.payment = a."paymentId" AND w.invoice = a."invoiceId")
    AND NOT EXISTS (SELECT FROM rejected_key r JOIN "Payment" p ON p."administrationId" = r.adm AND p.reference = r.number WHERE p.id = a."paymentId")`
  const note = async (statement: string) => {
    await bulk(tx, `WITH touched AS (${statement}) INSERT INTO allocation_delta SELECT invoice, delta FROM touched`)
    const n = await count(tx, 'SELECT count(*)::int AS n FROM allocation_delta')
    await bulk(tx, `INSERT INTO allocation_total SELECT * FROM allocation_delta`)
    await bulk(tx, 'TRUNCATE allocation_delta')
    return n
  }
  await bulk(tx, `CREATE TEMP TABLE allocation_total (invoice int, amount numeric) ON COMMIT DROP`)
  if (!isPartial)
    counts.allocationsRemoved += await note(`DELETE FROM "PaymentAllocation" a WHERE ${gone} RETURNING a."invoiceId" AS invoice, -a.amount AS delta`)
  counts.allocationsChanged +=
    await note(`UPDATE "PaymentAllocation" a SET amount = w.amount FROM wanted_allocation w JOIN "PaymentAllocation" before ON before."paymentId" = w.payment AND before."invoiceId" = w.invoice
    WHERE a."paymentId" = w.payment AND a."invoiceId" = w.invoice AND a.amount <> w.amount RETURNING w.invoice, w.amount - before.amount AS delta`)
  counts.allocationsCreated +=
    await note(`INSERT INTO "PaymentAllocation" ("paymentId", "invoiceId", amount) SELECT payment, invoice, amount FROM wanted_allocation w
    WHERE NOT EXISTS (SELECT FROM "PaymentAllocation" a WHERE a."paymentId" = w.payment AND a."invoiceId" = w.invoice) RETURNING "invoiceId" AS invoice, amount AS delta`)
  if (!lowersOpenAmount) return
  counts.invoicesChanged += await bulk(
    tx,
    `UPDATE "Invoice" i SET "openAmount" = i."openAmount" - s.amount, "ledgerOpenAmount" = i."ledgerOpenAmount" - s.amount, "ledgerOpenSince" = ${today},
      "importRunId" = ${runId ?? 'NULL'}, status = CASE WHEN i."openAmount" = s.amount THEN 'closed' ELSE 'open' END,
      "closedOn" = CASE WHEN i."openAmount" = s.amount THEN ${today} END, "closedReason" = CASE WHEN i."openAmount" = s.amount THEN 'paid' END
    FROM (SELECT t.invoice, sum(t.amount) AS amount, min(j."administrationId") AS adm FROM allocation_total t JOIN "Invoice" j ON j.id = t.invoice GROUP BY t.invoice) s
    WHERE i.id = s.invoice AND s.amount <> 0`,
  )
}
