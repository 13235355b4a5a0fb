import { type Clock, type DbClient, fromInstant, Prisma, type Queue } from '#platform'
import { creditChannel } from './alert-channels.ts'
import { alertRaised } from './raise-alerts.ts'

/** The rule that an alert names which came of an order. */
export const orderRule = 'order-above-limit'

const mostAtOnce = 100

type Order = { id: number; currency: string; amount: Prisma.Decimal; limit: string; companyId: number; administrationId: number }

/**
 * Raises an alert, once, for each new order above the contract limit that the bureau advises for the company, in the limit's own currency. New:
 * placed since the limit has stood. Returns how many there were.
 */
export async function raiseOrderAlerts(client: DbClient, clock: Clock, queue: Pick<Queue, 'sendMany'>): Promise<number> {
  const orders = await client.$queryRaw<Order[]>`
    SELECT o.id, o.currency, o.amount, v.value->>'amount' AS limit, k."companyId", d."administrationId"
    FROM "CreditValue" v JOIN "CreditLink" k ON k."companyId" = v."companyId" JOIN "Debtor" d ON d.id = k."debtorId" JOIN "Order" o ON o."debtorId" = d.id
    WHERE v.criterion = 'contract_limit' AND v.value->>'is' = 'money' AND v.value->>'currency' = o.currency AND o.amount > (v.value->>'amount')::numeric
      AND o.status = 'open' AND o."orderDate" >= v.since::date AND d."partyType" = 'debtor'
      AND NOT EXISTS (SELECT 1 FROM "CreditAlert" l WHERE l."companyId" = v."companyId" AND l."administrationId" = d."administrationId" AND l.fact = 'order ' || o.id)
    ORDER BY o.id LIMIT ${mostAtOnce}`
  if (orders.length === 0) return 0
  const raisedAt = fromInstant(clock.now())
  const data = orders.map(({ id, currency, amount, limit, companyId, administrationId }) => ({
    companyId,
    administrationId,
    criterion: 'contract_limit',
    rule: orderRule,
    urgency: 'now',
    channel: creditChannel,
    before: { is: 'money', amount: limit, currency },
    value: { is: 'money', amount: amount.toFixed(), currency },
    fact: `order ${id}`,
    raisedAt,
  }))
  await client.$transaction(async tx => {
    const raised = await tx.creditAlert.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } })
    await queue.sendMany(
      tx,
      alertRaised,
      raised.map(({ id }) => ({ alertId: id })),
    )
  })
  return orders.length
}
