import { Prisma } from '#platform'
import { type AmountRows, among, amountOf, flagAmong, type SearchContext, type SearchField, sqlDay, summed } from './field.ts'

const isOverdue = ({ today }: SearchContext) => Prisma.sql`i."dueDate" < ${sqlDay(today)}`
const columns = Prisma.sql`SELECT i."debtorId" AS id, i.currency, i."openAmount" AS amount FROM "Invoice" i`

/** The open amounts of debtors. */
export const balanceRows: AmountRows = (_context, scope) => Prisma.sql`${columns} WHERE i.status = 'open' AND ${scope(Prisma.sql`i."debtorId"`)}`

/** The overdue amounts of debtors. */
export const overdueRows: AmountRows = (context, scope) => Prisma.sql`${balanceRows(context, scope)} AND ${isOverdue(context)}`

/** Whether a row of "DunningHold", given its alias, stands for an insolvency or a legal matter that runs. */
export const isGrave = ({ today }: Pick<SearchContext, 'today'>, hold: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`${hold}.reason IN ('insolvency', 'legal') AND ${hold}."endedAt" IS NULL AND (${hold}.until IS NULL OR ${hold}.until >= ${sqlDay(today)})`

/** Whether an insolvency or a legal matter of a debtor runs, given its id: reminders are held for it. */
export const graveMatter = (context: Pick<SearchContext, 'today'>, debtorId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM "DunningHold" grave WHERE grave."debtorId" = ${debtorId} AND ${isGrave(context, Prisma.sql`grave`)})`

/** What is at risk of debtors as far as the ledger knows: what is overdue, and everything that is open where a grave matter runs. */
export const atRiskRows: AmountRows = (context, scope) =>
  Prisma.sql`${balanceRows(context, scope)} AND (${isOverdue(context)} OR ${graveMatter(context, Prisma.sql`i."debtorId"`)})`

/** Days between a bank's line and the day under which the ERP's payments file has the same money. */
const bookingDelay = 10

/**
 * Whether a row of "Payment", given its alias, is money of a debtor: what the bank took back is not, and of what the bank and the ERP's
 * own payments file both tell, the bank's line counts.
 */
export const isReceived = (payment: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE(${payment}.status, '') NOT IN ('not_ours', 'reversed')
  AND NOT EXISTS (SELECT FROM "Payment" told WHERE ${payment}.source = 'ledger' AND told.source = 'bank' AND told.status IN ('matched', 'unapplied')
    AND told."debtorId" = ${payment}."debtorId" AND told.currency = ${payment}.currency AND told.amount = ${payment}.amount
    AND told."receivedOn" BETWEEN ${payment}."receivedOn" - ${bookingDelay}::int AND ${payment}."receivedOn" + ${bookingDelay}::int)`

/** What was paid and stands against no invoice yet. */
export const unappliedRows: AmountRows = ({ only }, scope) => Prisma.sql`
  SELECT p."debtorId" AS id, p.currency, p.amount - COALESCE(l.applied, 0) AS amount FROM "Payment" p
  LEFT JOIN (SELECT a."paymentId", sum(a.amount) AS applied FROM "PaymentAllocation" a
    WHERE ${only === undefined ? Prisma.sql`TRUE` : Prisma.sql`a."paymentId" IN (SELECT q.id FROM "Payment" q WHERE q."debtorId" = ${only})`} GROUP BY 1) AS l ON l."paymentId" = p.id
  WHERE p."debtorId" IS NOT NULL AND ${isReceived(Prisma.sql`p`)} AND ${scope(Prisma.sql`p."debtorId"`)}`

const open = (value: Prisma.Sql) => ({ debtorId: Prisma.sql`i."debtorId"`, value, from: Prisma.sql`"Invoice" i`, where: Prisma.sql`i.status = 'open'` })
const any = (value: Prisma.Sql) => ({ ...open(value), where: Prisma.sql`TRUE` })
const overdue = (context: SearchContext, value: Prisma.Sql) => ({ ...open(value), where: Prisma.sql`i.status = 'open' AND ${isOverdue(context)}` })

/** What a debtor owes. Amounts are sums in the reporting currency, or within each currency when there are no rates. */
export const ledgerFields: readonly SearchField[] = [
  amountOf({ name: 'balance', help: 'everything that is open', example: 'balance:>50k' }, balanceRows),
  amountOf({ name: 'overdue', help: 'past its due date; alone: more than 0', example: 'overdue:>10000', bare: true }, overdueRows),
  amountOf(
    {
      name: 'at_risk',
      help: 'overdue, and all that is open where an insolvency or legal matter runs; alone: more than 0',
      example: 'at_risk:>10k',
      bare: true,
    },
    atRiskRows,
  ),
  amountOf({ name: 'unapplied', help: 'paid, but on no invoice yet; alone: more than 0', example: 'unapplied', bare: true }, unappliedRows),
  summed(
    { name: 'days_overdue', type: 'number', help: 'age of the oldest overdue item', example: 'days_overdue:>30' },
    context => overdue(context, Prisma.sql`max(${sqlDay(context.today)} - i."dueDate")`),
    0,
  ),
  summed({ name: 'open_items', type: 'number', help: 'number of open items', example: 'open_items:>=20' }, () => open(Prisma.sql`count(*)`), 0),
  summed(
    { name: 'overdue_items', type: 'number', help: 'number of overdue items', example: 'overdue_items:0' },
    context => overdue(context, Prisma.sql`count(*)`),
    0,
  ),
  among({ name: 'due', type: 'day', help: 'an open item is due then', example: 'due:2026-11' }, () => open(Prisma.sql`i."dueDate"`)),
  among({ name: 'item', type: 'amount', help: 'an open item of this amount, in its own currency', example: 'item:1250.50' }, () =>
    open(Prisma.sql`i."openAmount"`),
  ),
  among({ name: 'currency', type: 'code', help: 'an open item is in it', example: 'currency:GBP' }, () => open(Prisma.sql`i.currency`)),
  among({ name: 'invoice', type: 'document', help: 'invoice number, paid ones too', example: 'invoice:2026-0412' }, () => any(Prisma.sql`i."searchNumber"`)),
  among({ name: 'po', type: 'code', help: 'purchase order number', example: 'po:4500012345' }, () => any(Prisma.sql`i."poNumber"`)),
  among({ name: 'reference', type: 'document', help: 'payment reference', example: 'reference:"+++123/4567/89002+++"' }, () =>
    any(Prisma.sql`regexp_replace(upper(i."paymentReference"), '[^A-Z0-9]', '', 'g')`),
  ),
  flagAmong('credit_note', 'has an open credit note', () => ({ ...open(Prisma.sql`i.id`), where: Prisma.sql`i.status = 'open' AND i.kind = 'credit_note'` })),
]
