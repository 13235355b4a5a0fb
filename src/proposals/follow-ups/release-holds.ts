import { endHold } from '#dunning'
import { learntSince } from '#ledger'
import { type Clock, type DbClient, fromInstant, Prisma, recordAudit } from '#platform'

/**
 * Ends the holds of promises that were kept, of payment plans that are finished or ended, and of disputes that ended, once no more is open of
 * their invoices than was said to stay due and the day to pay it is over: what they kept away may be asked for again. Returns how many holds ended.
 */
export async function releaseHolds({ client, clock }: { client: DbClient; clock: Clock }): Promise<number> {
  const today = clock.today('UTC').toString()
  const over = await client.$queryRaw<{ id: number }[]>`
    SELECT h.id FROM "DunningHold" h WHERE h."endedAt" IS NULL AND (
      (h.reason = 'promise' AND EXISTS (SELECT FROM "PromiseToPay" p WHERE p."debtorId" = h."debtorId" AND p.status = 'kept' AND (p."actionId" = h."actionId" OR EXISTS (
        SELECT FROM "DebtorEntry" e WHERE e.kind = 'promise' AND e.status = 'done' AND e.result -> 'promiseId' = to_jsonb(p.id) AND e.result -> 'holdIds' @> to_jsonb(h.id)))))
      OR (h.reason = 'payment_plan' AND h.until IS NULL AND EXISTS (SELECT FROM "PaymentPlan" p WHERE p."debtorId" = h."debtorId" AND p.status IN ('finished', 'ended') AND (
        p."actionId" = h."actionId" OR EXISTS (
          SELECT FROM "DebtorEntry" e WHERE e.kind = 'payment_plan' AND e.status = 'done' AND e.result -> 'planId' = to_jsonb(p.id) AND e.result -> 'holdIds' @> to_jsonb(h.id)))))
      OR (h.reason = 'dispute' AND EXISTS (SELECT FROM "Dispute" q JOIN "DisputeInvoice" l ON l."disputeId" = q.id
        WHERE l."invoiceId" = h."invoiceId" AND q.status <> 'open' AND q."resolvedAt" > h."createdAt" AND COALESCE(q."payBy" < ${today}::date, TRUE)
          AND q."staysDue" >= (SELECT COALESCE(sum(i."openAmount") FILTER (WHERE i.status = 'open'), 0) FROM "DisputeInvoice" x JOIN "Invoice" i ON i.id = x."invoiceId" WHERE x."disputeId" = q.id)
            + COALESCE((SELECT max(s.paid) FROM (SELECT sum(a.amount + a.waived) AS paid FROM "PaymentAllocation" a JOIN "Payment" y ON y.id = a."paymentId"
              WHERE a."invoiceId" IN (SELECT x."invoiceId" FROM "DisputeInvoice" x WHERE x."disputeId" = q.id) AND ${learntSince(Prisma.sql`q."resolvedAt"`)} GROUP BY y.source) s), 0))
        AND NOT EXISTS (SELECT FROM "Dispute" o JOIN "DisputeInvoice" l ON l."disputeId" = o.id WHERE l."invoiceId" = h."invoiceId" AND o.status = 'open')))
    ORDER BY h.id`
  const ids = over.map(({ id }) => id)
  if (ids.length === 0) return 0
  return client.$transaction(async tx => {
    const count = await endHold(tx, { ids }, fromInstant(clock.now()))
    await recordAudit(tx, { actor: 'duncan', event: 'holds.released', subject: `hold:${ids[0]}`, detail: { holds: ids } })
    return count
  })
}
