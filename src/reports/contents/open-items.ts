import { Prisma } from '#platform'
import type { Report } from '../report.ts'
import { debtorColumns, fitting, joinDebtor, listing, today } from './listing.ts'

/** Every open invoice and credit note, debtor by debtor, the oldest first. On its due date an item is not late. */
export const openItems: Report = listing({
  columns: [
    ...debtorColumns,
    { id: 'invoice', kind: 'text', sql: () => Prisma.sql`i.number` },
    { id: 'invoiceDate', kind: 'day', sql: () => Prisma.sql`i."invoiceDate"` },
    { id: 'dueDate', kind: 'day', sql: () => Prisma.sql`i."dueDate"` },
    { id: 'daysLate', kind: 'number', sql: reading => Prisma.sql`GREATEST(0, ${today(reading)} - i."dueDate")` },
    { id: 'currency', kind: 'text', sql: () => Prisma.sql`i.currency` },
    { id: 'amount', kind: 'money', sql: () => Prisma.sql`i.amount`, total: true },
    { id: 'open', kind: 'money', sql: () => Prisma.sql`i."openAmount"`, total: true },
  ],
  ids: reading => Prisma.sql`SELECT i.id FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId" JOIN "Administration" a ON a.id = d."administrationId"
    WHERE i.status = 'open' AND d.id IN (${fitting(reading)}) ORDER BY a.code, d.name, d.id, i."dueDate", i.id`,
  joins: () => Prisma.sql`JOIN "Invoice" i ON i.id = o.id ${joinDebtor(Prisma.sql`i."debtorId"`)}`,
})
