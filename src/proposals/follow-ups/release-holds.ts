import { endHold } from '#dunning'
import { type Clock, type DbClient, fromInstant, recordAudit } from '#platform'

/**
 * Ends the holds of promises that were kept, and of payment plans that are finished or ended: what they kept away may be asked for again. Returns
 * how many holds ended.
 */
export async function releaseHolds({ client, clock }: { client: DbClient; clock: Clock }): Promise<number> {
  const over = await client.$queryRaw<{ id: number }[]>`
    SELECT h.id FROM "DunningHold" h WHERE h."endedAt" IS NULL AND (
      (h.reason = 'promise' AND EXISTS (SELECT FROM "PromiseToPay" p WHERE p."debtorId" = h."debtorId" AND p.status = 'kept' AND (p."actionId" = h."actionId" OR EXISTS (
        SELECT FROM "DebtorEntry" e WHERE e.kind = 'promise' AND e.status = 'done' AND e.result -> 'promiseId' = to_jsonb(p.id) AND e.result -> 'holdIds' @> to_jsonb(h.id)))))
      OR (h.reason = 'payment_plan' AND h.until IS NULL AND EXISTS (SELECT FROM "PaymentPlan" p WHERE p."debtorId" = h."debtorId" AND p.status IN ('finished', 'ended') AND (
        p."actionId" = h."actionId" OR EXISTS (
          SELECT FROM "DebtorEntry" e WHERE e.kind = 'payment_plan' AND e.status = 'done' AND e.result -> 'planId' = to_jsonb(p.id) AND e.result -> 'holdIds' @> to_jsonb(h.id))))))
    ORDER BY h.id`
  const ids = over.map(({ id }) => id)
  if (ids.length === 0) return 0
  return client.$transaction(async tx => {
    const count = await endHold(tx, { ids }, fromInstant(clock.now()))
    await recordAudit(tx, { actor: 'duncan', event: 'holds.released', subject: `hold:${ids[0]}`, detail: { holds: ids } })
    return count
  })
}
