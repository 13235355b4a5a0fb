import { Prisma } from '#platform'
import { among, amountOf, column, flag, type SearchContext, type SearchField, sqlDay } from './field.ts'

const openOf = Prisma.sql`FROM "Invoice" i WHERE i."debtorId" = d.id AND i.status = 'open'`
const overdueOf = ({ today }: SearchContext) => Prisma.sql`${openOf} AND i."dueDate" < ${sqlDay(today)}`

/** What was paid and stands against no invoice yet, by currency. */
const unappliedRows = Prisma.sql`
  SELECT p.currency, p.amount - COALESCE((SELECT sum(l.amount) FROM "PaymentAllocation" l WHERE l."paymentId" = p.id), 0) AS amount
  FROM "Payment" p WHERE p."debtorId" = d.id AND COALESCE(p.status, '') NOT IN ('not_ours', 'reversed')`

/** The open amounts of debtor `d`, by currency. */
export const balanceRows = Prisma.sql`SELECT i.currency, i."openAmount" AS amount ${openOf}`

/** The overdue amounts of debtor `d`, by currency. */
export const overdueRows = (context: SearchContext): Prisma.Sql => Prisma.sql`SELECT i.currency, i."openAmount" AS amount ${overdueOf(context)}`

const open = (value: Prisma.Sql) => ({ debtorId: Prisma.sql`i."debtorId"`, value, from: Prisma.sql`"Invoice" i`, where: Prisma.sql`i.status = 'open'` })
const any = (value: Prisma.Sql) => ({ ...open(value), where: Prisma.sql`TRUE` })

/** What a debtor owes. Amounts are sums in the reporting currency, or within each currency when there are no rates. */
export const ledgerFields: readonly SearchField[] = [
  amountOf(
    { name: 'balance', help: 'everything that is open', example: 'balance:>50k' },
    () => Prisma.sql`SELECT i.currency, i."openAmount" AS amount ${openOf}`,
  ),
  amountOf({ name: 'overdue', help: 'past its due date; alone: more than 0', example: 'overdue:>10000', bare: true }, overdueRows),
  amountOf({ name: 'unapplied', help: 'paid, but on no invoice yet; alone: more than 0', example: 'unapplied', bare: true }, () => unappliedRows),
  column(
    { name: 'days_overdue', type: 'number', help: 'age of the oldest overdue item', example: 'days_overdue:>30' },
    context => Prisma.sql`COALESCE((SELECT max(${sqlDay(context.today)} - i."dueDate") ${overdueOf(context)}), 0)`,
  ),
  column({ name: 'open_items', type: 'number', help: 'number of open items', example: 'open_items:>=20' }, () => Prisma.sql`(SELECT count(*) ${openOf})`),
  column(
    { name: 'overdue_items', type: 'number', help: 'number of overdue items', example: 'overdue_items:0' },
    context => Prisma.sql`(SELECT count(*) ${overdueOf(context)})`,
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
  flag(
    'credit_note',
    'has an open credit note',
    () => Prisma.sql`d.id IN (SELECT i."debtorId" FROM "Invoice" i WHERE i.status = 'open' AND i.kind = 'credit_note')`,
  ),
]
