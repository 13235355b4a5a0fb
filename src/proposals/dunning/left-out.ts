import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Db, fromPlainDate, Prisma } from '#platform'

const reasons = ['promise', 'dispute', 'payment_claim', 'payment_plan', 'staff'] as const
export const leftOutSchema = z.object({ number: z.string(), why: z.enum(reasons) })
type LeftOut = z.infer<typeof leftOutSchema>

const mostNamed = 100

/** Late invoices of these debtors that a text does not ask for, as a promise, dispute or other hold on all of one keeps it back today; by due day. */
export async function leftOutOf(db: Db, debtorIds: readonly number[], asked: readonly number[], today: Temporal.PlainDate): Promise<LeftOut[]> {
  const day = fromPlainDate(today)
  const holds = await db.dunningHold.findMany({
    where: {
      debtorId: { in: [...debtorIds] },
      invoiceId: { not: null },
      reason: { in: [...reasons] },
      endedAt: null,
      OR: [{ until: null }, { until: { gte: day } }],
    },
    orderBy: { id: 'asc' },
  })
  const held = holds.flatMap(({ invoiceId }) => invoiceId ?? []).filter(id => !asked.includes(id))
  const invoices = await db.invoice.findMany({
    where: { id: { in: held }, debtorId: { in: [...debtorIds] }, kind: 'invoice', status: 'open', dueDate: { lt: day } },
    orderBy: [{ dueDate: 'asc' }, { id: 'asc' }],
    take: mostNamed,
  })
  return invoices.flatMap(({ id, number, openAmount }): LeftOut[] => {
    const own = holds.filter(({ invoiceId }) => invoiceId === id)
    const parts = own.reduce((sum, { amount }) => sum.add(amount ?? 0), new Prisma.Decimal(0))
    const whole = own.find(({ amount }) => amount === null) ?? (parts.gte(openAmount) ? own[0] : undefined)
    const why = reasons.find(reason => reason === whole?.reason)
    return why ? [{ number, why }] : []
  })
}
