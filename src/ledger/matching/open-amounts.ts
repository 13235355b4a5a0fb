import { type Db, Prisma } from '#platform'

/** Days after which the ledger is taken to know a bank payment: if it still shows the item as open, the ledger's word counts. */
const ledgerLag = 10

/**
 * States anew what is open of invoices that bank payments are allocated to, and of those that lost their last one. docs/decisions
 * 0005 argues the rule: open = the ledger's figure less the bank money that it does not contain yet. A payment is taken as contained
 * as far as the ledger's figure, on the payment's day or later, shows something as settled; a payment that came after the figure
 * last changed cannot be in it. Returns the invoices that changed.
 */
export async function restateOpenAmounts(tx: Db, which: { invoiceIds: number[] } | { importRunId: number | null }): Promise<number[]> {
  const scope =
    'invoiceIds' in which
      ? Prisma.sql`i.id = ANY(${which.invoiceIds}::int[])`
      : // What this run changed, and what waits for the ledger to show it: its time may be over.
        Prisma.sql`i."ledgerOpenAmount" IS NOT NULL AND (i."importRunId" = ${which.importRunId}::int OR i."openAmount" <> i."ledgerOpenAmount")`
  const changed = await tx.$queryRaw<{ id: number }[]>`
    WITH item AS (
      SELECT i.id, sign(i.amount) AS sign, abs(i.amount) AS amount, COALESCE(i."ledgerOpenAmount", i."openAmount") AS ledger,
        COALESCE(i."ledgerOpenSince", i."createdAt"::date) AS since, (d."importedAt" AT TIME ZONE d."timeZone")::date - ${ledgerLag}::int AS lag
      FROM "Invoice" i JOIN "Administration" d ON d.id = i."administrationId" WHERE ${scope}
    ), money AS (
      SELECT i.id, count(a.*) > 0 AS has_any, max(p."receivedOn") AS received,
        COALESCE(sum((a.amount + a.waived) * i.sign) FILTER (WHERE p."receivedOn" < i.lag), 0) AS stale,
        COALESCE(sum((a.amount + a.waived) * i.sign) FILTER (WHERE (i.lag IS NULL OR p."receivedOn" >= i.lag) AND p."receivedOn" <= i.since), 0) AS maybe,
        COALESCE(sum((a.amount + a.waived) * i.sign) FILTER (WHERE (i.lag IS NULL OR p."receivedOn" >= i.lag) AND p."receivedOn" > i.since), 0) AS later
      FROM item i
      LEFT JOIN ("PaymentAllocation" a JOIN "Payment" p ON p.id = a."paymentId" AND p.source = 'bank') ON a."invoiceId" = i.id
      GROUP BY i.id
    ), owed AS (
      SELECT i.id, m.has_any, m.received, i.ledger, i.ledger - i.sign * LEAST(GREATEST(i.ledger * i.sign, 0),
        GREATEST(m.maybe + m.later - LEAST(m.maybe, GREATEST(i.amount - i.ledger * i.sign - m.stale, 0)), 0)) AS open
      FROM item i JOIN money m USING (id)
    )
    UPDATE "Invoice" i SET "openAmount" = o.open, "ledgerOpenAmount" = CASE WHEN o.has_any THEN o.ledger END,
      status = CASE WHEN o.open = 0 THEN 'closed' ELSE 'open' END,
      "closedOn" = CASE WHEN o.open = 0 THEN COALESCE(i."closedOn", o.received) END,
      "closedReason" = CASE WHEN o.open = 0 THEN COALESCE(i."closedReason", CASE WHEN i.amount < 0 THEN 'credited' ELSE 'paid' END) END
    FROM owed o WHERE i.id = o.id
      AND (i."openAmount", i."ledgerOpenAmount", i.status) IS DISTINCT FROM (o.open, CASE WHEN o.has_any THEN o.ledger END, CASE WHEN o.open = 0 THEN 'closed' ELSE 'open' END)
    RETURNING i.id`
  return changed.map(({ id }) => id)
}

/** An item that money may be allocated to. Amounts are signed: a credit note's are negative. */
export type AllocatableItem = {
  id: number
  debtorId: number
  groupId: number | null
  number: string
  searchNumber: string
  paymentReference: string | null
  currency: string
  amount: Prisma.Decimal
  openAmount: Prisma.Decimal
  /** What bank payments cover of it already. */
  covered: Prisma.Decimal
  /** ISO day since when the ledger gives its present figure. */
  since: string
  dueDate: string
}

/**
 * How much of an item a payment of a day can cover, with the item's sign. One that came after the ledger last changed the item can
 * only cover what is open; an earlier one may be what the ledger settled, as far as no other bank payment covers that.
 */
export function capacityOf({ amount, openAmount, covered, since }: AllocatableItem, receivedOn: string): Prisma.Decimal {
  if (receivedOn > since) return openAmount
  const left = amount.sub(covered)
  return left.isNegative() === amount.isNegative() ? left : new Prisma.Decimal(0)
}

/** The items with this condition on `i` (Invoice) and `d` (Debtor), with what capacity rests on. */
export async function loadItems(db: Db, where: Prisma.Sql): Promise<AllocatableItem[]> {
  return db.$queryRaw<AllocatableItem[]>`
    SELECT i.id, i."debtorId", d."groupId", i.number, i."searchNumber", i."paymentReference", i.currency, i.amount, i."openAmount",
      CASE WHEN i."ledgerOpenAmount" IS NULL THEN 0 ELSE COALESCE((SELECT sum(a.amount + a.waived) FROM "PaymentAllocation" a JOIN "Payment" p ON p.id = a."paymentId"
        WHERE a."invoiceId" = i.id AND p.source = 'bank'), 0) END AS covered,
      COALESCE(i."ledgerOpenSince", i."createdAt"::date)::text AS since, i."dueDate"::text AS "dueDate"
    FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId" WHERE ${where} ORDER BY i."dueDate", i.id`
}
