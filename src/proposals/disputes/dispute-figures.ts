import { debtorInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { ofCollector } from './view-dispute.ts'

type Sum = { currency: string; amount: Prisma.Decimal }

export type DisputeFigures = {
  /** What stands open now. `amount`: what is contested of the invoices, at most what is open of each, once however many disputes contest it. */
  open: { disputes: number; invoices: number; amount: Sum[] }
  /** Of the disputes that were opened in the period, by type, the most first. */
  types: {
    type: string
    opened: number
    amount: Sum[]
    /** How many of them ended, and the median of days from opening to the first end; null where none did. */
    ended: number
    leadDays: number | null
    /** How many were opened again after an end. */
    reopened: number
  }[]
}

/** `collector`: short name of a colleague; only the debtors of theirs then. */
type Scope = { sight: Sight; collector?: string | undefined; from: Date }

/** How disputes go: what is open now, and by type what was opened since a moment, how long it took and how often it came back. */
export async function disputeFigures(db: Db, { sight, collector, from }: Scope): Promise<DisputeFigures> {
  const seen = Prisma.sql`${debtorInSight(sight, Prisma.sql`q."debtorId"`)} AND ${ofCollector(collector)}`
  const [counts] = await db.$queryRaw<{ disputes: number; invoices: number }[]>`
    SELECT count(DISTINCT q.id)::int AS disputes, count(DISTINCT l."invoiceId")::int AS invoices
    FROM "Dispute" q LEFT JOIN "DisputeInvoice" l ON l."disputeId" = q.id WHERE q.status = 'open' AND ${seen}`
  const amount = await db.$queryRaw<Sum[]>`
    SELECT c.currency, sum(c.contested) AS amount FROM (
      SELECT i.id, i.currency, LEAST(i."openAmount", sum(COALESCE(l.amount, i."openAmount"))) AS contested
      FROM "Dispute" q JOIN "DisputeInvoice" l ON l."disputeId" = q.id JOIN "Invoice" i ON i.id = l."invoiceId"
      WHERE q.status = 'open' AND ${seen} GROUP BY i.id) c GROUP BY 1 ORDER BY 1`
  const types = await db.$queryRaw<Omit<DisputeFigures['types'][number], 'amount'>[]>`
    SELECT t.type, count(*)::int AS opened, count(t.ended)::int AS ended, count(*) FILTER (WHERE t.again)::int AS reopened,
      (percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM t.ended - t."createdAt") / 86400))::float8 AS "leadDays"
    FROM (SELECT q.reason AS type, q."createdAt",
        (SELECT min(e.at) FROM "DisputeEvent" e WHERE e."disputeId" = q.id AND e.kind IN ('resolved', 'rejected')) AS ended,
        EXISTS (SELECT FROM "DisputeEvent" e WHERE e."disputeId" = q.id AND e.kind = 'reopened') AS again
      FROM "Dispute" q WHERE q."createdAt" >= ${from} AND ${seen}) t
    GROUP BY 1 ORDER BY 2 DESC, 1`
  const sums = await db.$queryRaw<(Sum & { type: string })[]>`
    SELECT q.reason AS type, i.currency, sum(COALESCE(l.amount, i.amount)) AS amount
    FROM "Dispute" q JOIN "DisputeInvoice" l ON l."disputeId" = q.id JOIN "Invoice" i ON i.id = l."invoiceId"
    WHERE q."createdAt" >= ${from} AND ${seen} GROUP BY 1, 2 ORDER BY 1, 2`
  return {
    open: { disputes: counts?.disputes ?? 0, invoices: counts?.invoices ?? 0, amount },
    types: types.map(each => ({
      ...each,
      amount: sums.filter(({ type }) => type === each.type).map(({ currency, amount: sum }) => ({ currency, amount: sum })),
    })),
  }
}
