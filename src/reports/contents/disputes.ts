import { Prisma } from '#platform'
import type { Report } from '../report.ts'
import { debtorColumns, fitting, joinDebtor, listing, today } from './listing.ts'

/** Open disputes, the ones that are to be answered first on top, with what is contested of their invoices. A row for each currency of those. */
export const disputes: Report = listing({
  columns: [
    { id: 'answerDue', kind: 'day', sql: () => Prisma.sql`q."answerDue"` },
    ...debtorColumns,
    { id: 'reason', kind: 'text', sql: () => Prisma.sql`q.reason`, said: (code, say) => say.reasons[code as keyof typeof say.reasons] ?? code },
    { id: 'owner', kind: 'text', sql: () => Prisma.sql`(SELECT w.name FROM "Staff" w WHERE w.id = q."ownerId")` },
    { id: 'since', kind: 'day', sql: reading => Prisma.sql`(q."createdAt" AT TIME ZONE ${reading.context.timeZone}::text)::date` },
    {
      id: 'days',
      kind: 'number',
      sql: reading => Prisma.sql`${today(reading)} - (q."createdAt" AT TIME ZONE ${reading.context.timeZone}::text)::date`,
    },
    { id: 'invoices', kind: 'text', sql: () => Prisma.sql`x.numbers` },
    { id: 'currency', kind: 'text', sql: () => Prisma.sql`x.currency` },
    { id: 'contested', kind: 'money', total: true, sql: () => Prisma.sql`x.contested` },
  ],
  ids: reading => Prisma.sql`SELECT q.id FROM "Dispute" q WHERE q.status = 'open' AND q."debtorId" IN (${fitting(reading)}) ORDER BY q."answerDue", q.id`,
  joins: () => Prisma.sql`JOIN "Dispute" q ON q.id = o.id ${joinDebtor(Prisma.sql`q."debtorId"`)}
    LEFT JOIN LATERAL (SELECT i.currency, sum(COALESCE(c.amount, i."openAmount")) AS contested, string_agg(i.number, ', ' ORDER BY i.number) AS numbers
      FROM "DisputeInvoice" c JOIN "Invoice" i ON i.id = c."invoiceId" WHERE c."disputeId" = q.id GROUP BY 1) AS x ON TRUE`,
  order: Prisma.sql`x.currency`,
})
