import { Prisma } from '#platform'
import type { Report } from '../report.ts'
import { debtorColumns, fitting, joinDebtor, listing, today } from './listing.ts'

/** The debtors that a search fits, whether they owe anything or not: what a saved search is as a list. A row for each currency that is owed in. */
export const debtors: Report = listing({
  columns: [
    ...debtorColumns,
    { id: 'country', kind: 'text', sql: () => Prisma.sql`d.country` },
    { id: 'group', kind: 'text', sql: () => Prisma.sql`(SELECT g.name FROM "DebtorGroup" g WHERE g.id = d."groupId")` },
    { id: 'currency', kind: 'text', sql: () => Prisma.sql`x.currency` },
    { id: 'open', kind: 'money', total: true, sql: () => Prisma.sql`x.balance` },
    { id: 'overdue', kind: 'money', total: true, sql: () => Prisma.sql`x.overdue` },
    { id: 'items', kind: 'number', total: true, sql: () => Prisma.sql`x.items` },
    { id: 'oldestDue', kind: 'day', sql: () => Prisma.sql`x.oldest` },
    { id: 'lastPayment', kind: 'day', sql: () => Prisma.sql`(SELECT max(p."receivedOn") FROM "Payment" p WHERE p."debtorId" = d.id)` },
  ],
  ids: reading => Prisma.sql`SELECT d.id FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId"
    WHERE d.id IN (${fitting(reading)}) ORDER BY a.code, d.name, d.id`,
  joins: reading => Prisma.sql`${joinDebtor(Prisma.sql`o.id`)} LEFT JOIN LATERAL (SELECT i.currency, sum(i."openAmount") AS balance, count(*) AS items,
      COALESCE(sum(i."openAmount") FILTER (WHERE i."dueDate" < ${today(reading)}), 0) AS overdue, min(i."dueDate") FILTER (WHERE i."openAmount" > 0) AS oldest
    FROM "Invoice" i WHERE i."debtorId" = o.id AND i.status = 'open' GROUP BY 1) AS x ON TRUE`,
  order: Prisma.sql`x.currency`,
})
