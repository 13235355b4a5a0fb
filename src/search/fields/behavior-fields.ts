import { Prisma } from '#platform'
import { among, column, flag, optionalColumn, type SearchField, sqlDay } from './field.ts'

/** When the invoices of debtor `d` of the last year were paid, in days after their due date; paid early counts negative. */
export const daysLateRows = (today: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT COALESCE((SELECT max(p."receivedOn") FROM "PaymentAllocation" l JOIN "Payment" p ON p.id = l."paymentId" WHERE l."invoiceId" = i.id), i."closedOn")
    - i."dueDate" AS days
  FROM "Invoice" i WHERE i."debtorId" = d.id AND i.status = 'closed' AND i.kind = 'invoice' AND i."closedReason" = 'paid' AND i."closedOn" > ${today} - 365`

const promises = Prisma.sql`FROM "PromiseToPay" p WHERE p."debtorId" = d.id`
const openDisputes = Prisma.sql`SELECT q."debtorId" FROM "Dispute" q WHERE q.status = 'open'`

/** How a debtor pays and what it said. */
export const behaviorFields: readonly SearchField[] = [
  optionalColumn(
    { name: 'days_late', type: 'number', help: 'average days that invoices of the last 365 days were paid after their due date', example: 'days_late:>15' },
    ({ today }) => Prisma.sql`(SELECT round(avg(late.days), 1) FROM (${daysLateRows(sqlDay(today))}) AS late)`,
  ),
  optionalColumn(
    { name: 'promises_kept', type: 'number', help: 'percentage of its decided promises', example: 'promises_kept:<50' },
    () =>
      Prisma.sql`(SELECT round(100.0 * count(*) FILTER (WHERE p.status = 'kept') / NULLIF(count(*), 0)) ${promises} AND p.status IN ('kept', 'partly_kept', 'broken'))`,
  ),
  column(
    { name: 'broken_promises', type: 'number', help: 'how many; alone: at least one', example: 'broken_promises:>1', bare: true },
    () => Prisma.sql`(SELECT count(*) ${promises} AND p.status = 'broken')`,
  ),
  among({ name: 'promised', type: 'day', help: 'an open promise is for then', example: 'promised:today..+7d' }, () => ({
    debtorId: Prisma.sql`p."debtorId"`,
    value: Prisma.sql`p."promisedOn"`,
    from: Prisma.sql`"PromiseToPay" p`,
    where: Prisma.sql`p.status = 'open'`,
  })),
  optionalColumn(
    { name: 'last_payment', type: 'day', help: 'when it last paid', example: 'last_payment:<-60d' },
    () => Prisma.sql`(SELECT max(p."receivedOn") FROM "Payment" p WHERE p."debtorId" = d.id)`,
  ),
  among(
    {
      name: 'dispute_reason',
      type: 'choice',
      choices: ['price', 'quantity', 'quality', 'not_ordered', 'not_delivered', 'wrong_po', 'duplicate', 'credit_note_expected', 'other'],
      help: 'reason of an open dispute',
      example: 'dispute_reason:price',
    },
    () => ({ debtorId: Prisma.sql`q."debtorId"`, value: Prisma.sql`q.reason`, from: Prisma.sql`"Dispute" q`, where: Prisma.sql`q.status = 'open'` }),
  ),
  flag('dispute', 'has an open dispute', () => Prisma.sql`d.id IN (${openDisputes})`),
  flag('promise', 'has an open promise', () => Prisma.sql`d.id IN (SELECT p."debtorId" FROM "PromiseToPay" p WHERE p.status = 'open')`),
  flag(
    'broken_promise',
    'broke a promise, or let its day pass',
    ({ today }) =>
      Prisma.sql`d.id IN (SELECT p."debtorId" FROM "PromiseToPay" p WHERE p.status = 'broken' OR (p.status = 'open' AND p."promisedOn" < ${sqlDay(today)}))`,
  ),
  flag(
    'hold',
    'reminders are on hold, for all or for an item',
    ({ today }) =>
      Prisma.sql`d.id IN (SELECT h."debtorId" FROM "DunningHold" h WHERE h."endedAt" IS NULL AND (h.until IS NULL OR h.until >= ${sqlDay(today)}))`,
  ),
]
