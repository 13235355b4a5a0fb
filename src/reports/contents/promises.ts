import { Prisma } from '#platform'
import type { Report } from '../report.ts'
import { debtorColumns, fitting, joinDebtor, listing, today } from './listing.ts'

/** Days back and ahead of the report that promised days are listed of. */
const [back, ahead] = [30, 14]

/** What debtors promised for the last thirty days and the next fourteen, and how it was kept. */
export const promises: Report = listing({
  columns: [
    { id: 'promisedOn', kind: 'day', sql: () => Prisma.sql`r."promisedOn"` },
    ...debtorColumns,
    { id: 'currency', kind: 'text', sql: () => Prisma.sql`r.currency` },
    { id: 'amount', kind: 'money', total: true, sql: () => Prisma.sql`COALESCE(r.amount, r.stake)` },
    { id: 'status', kind: 'text', sql: () => Prisma.sql`r.status`, said: (code, say) => say.promises[code as keyof typeof say.promises] ?? code },
    { id: 'kept', kind: 'percent', sql: () => Prisma.sql`r."keptShare"` },
  ],
  ids: reading => Prisma.sql`SELECT r.id FROM "PromiseToPay" r WHERE r."promisedOn" BETWEEN ${today(reading)} - ${back}::int AND ${today(reading)} + ${ahead}::int
    AND r.status <> 'cancelled' AND r."debtorId" IN (${fitting(reading)}) ORDER BY r."promisedOn", r.id`,
  joins: () => Prisma.sql`JOIN "PromiseToPay" r ON r.id = o.id ${joinDebtor(Prisma.sql`r."debtorId"`)}`,
})
