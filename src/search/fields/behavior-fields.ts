import { Prisma } from '#platform'
import { among, flagAmong, type SearchContext, type SearchField, sqlDay, summed } from './field.ts'
import { isReceived } from './ledger-fields.ts'

/**
 * The invoices `i` of the last 365 days that were paid, with the day `paid.on` of their last payment as far as payments are known.
 * `lateDays` counts from the due date; paid early is negative. `of`: a comparison with the debtor's id, so that no other payments are read.
 */
export const paidInvoices = ({ today, only }: Pick<SearchContext, 'today' | 'only'>, of = only === undefined ? undefined : Prisma.sql`= ${only}`) => ({
  debtorId: Prisma.sql`i."debtorId"`,
  from: Prisma.sql`"Invoice" i LEFT JOIN (
    SELECT l."invoiceId", max(p."receivedOn") AS on FROM "PaymentAllocation" l JOIN "Payment" p ON p.id = l."paymentId"
    WHERE p."receivedOn" > ${sqlDay(today)} - 730 AND ${of ? Prisma.sql`l."invoiceId" IN (SELECT o.id FROM "Invoice" o WHERE o."debtorId" ${of})` : Prisma.sql`TRUE`}
    GROUP BY 1) AS paid ON paid."invoiceId" = i.id`,
  where: Prisma.sql`i.status = 'closed' AND i.kind = 'invoice' AND i."closedReason" = 'paid' AND i."closedOn" > ${sqlDay(today)} - 365`,
})

/** Days after the due date of an invoice of `paidInvoices`. */
export const lateDays = Prisma.sql`(COALESCE(paid.on, i."closedOn") - i."dueDate")`

const promises = (value: Prisma.Sql, where: Prisma.Sql) => ({ debtorId: Prisma.sql`p."debtorId"`, value, from: Prisma.sql`"PromiseToPay" p`, where })
const disputes = (value: Prisma.Sql) => ({ debtorId: Prisma.sql`q."debtorId"`, value, from: Prisma.sql`"Dispute" q`, where: Prisma.sql`q.status = 'open'` })

/** How a debtor pays and what it said. */
export const behaviorFields: readonly SearchField[] = [
  summed(
    { name: 'days_late', type: 'number', help: 'average days that invoices of the last 365 days were paid after their due date', example: 'days_late:>15' },
    context => ({ ...paidInvoices(context), value: Prisma.sql`round(avg(${lateDays}), 1)` }),
    null,
  ),
  summed(
    { name: 'promises_kept', type: 'number', help: 'percentage of its decided promises', example: 'promises_kept:<50' },
    () => promises(Prisma.sql`round(100.0 * count(*) FILTER (WHERE p.status = 'kept') / count(*))`, Prisma.sql`p.status IN ('kept', 'partly_kept', 'broken')`),
    null,
  ),
  summed(
    { name: 'broken_promises', type: 'number', help: 'how many; alone: at least one', example: 'broken_promises:>1', bare: true },
    () => promises(Prisma.sql`count(*)`, Prisma.sql`p.status = 'broken'`),
    0,
  ),
  among({ name: 'promised', type: 'day', help: 'an open promise is for then', example: 'promised:today..+7d' }, () =>
    promises(Prisma.sql`p."promisedOn"`, Prisma.sql`p.status = 'open'`),
  ),
  summed(
    { name: 'last_payment', type: 'day', help: 'when it last paid', example: 'last_payment:<-60d' },
    () => ({
      debtorId: Prisma.sql`p."debtorId"`,
      value: Prisma.sql`max(p."receivedOn")`,
      from: Prisma.sql`"Payment" p`,
      where: Prisma.sql`p."debtorId" IS NOT NULL AND p.amount > 0 AND ${isReceived(Prisma.sql`p`)}`,
    }),
    null,
  ),
  among(
    {
      name: 'dispute_reason',
      type: 'code',
      help: 'type of an open dispute: price, quantity, quality, not_ordered, not_delivered, wrong_po, duplicate, credit_note_expected, other, or one of the settings',
      example: 'dispute_reason:price',
    },
    () => disputes(Prisma.sql`q.reason`),
  ),
  flagAmong('dispute', 'has an open dispute', () => disputes(Prisma.sql`q.id`)),
  flagAmong('promise', 'has an open promise', () => promises(Prisma.sql`p.id`, Prisma.sql`p.status = 'open'`)),
  flagAmong('broken_promise', 'broke a promise, or let its day pass', ({ today }) =>
    promises(Prisma.sql`p.id`, Prisma.sql`(p.status = 'broken' OR (p.status = 'open' AND p."promisedOn" < ${sqlDay(today)}))`),
  ),
  flagAmong('hold', 'reminders are on hold, for all or for an item', ({ today }) => ({
    debtorId: Prisma.sql`h."debtorId"`,
    from: Prisma.sql`"DunningHold" h`,
    where: Prisma.sql`h."endedAt" IS NULL AND (h.until IS NULL OR h.until >= ${sqlDay(today)})`,
  })),
]
