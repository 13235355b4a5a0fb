import type { DbClient } from '#platform'

/** Payments whose allocation changed, whom that concerns, and how to say that it was followed. */
export type PaymentChanges = { paymentIds: number[]; debtorIds: number[]; administrationIds: number[]; done: () => Promise<void> }

/** The oldest changes that nobody has followed yet. One that happens again meanwhile comes again. */
export async function paymentChanges(client: DbClient, most: number): Promise<PaymentChanges> {
  const changes = await client.paymentChange.findMany({
    orderBy: { at: 'asc' },
    take: most,
    include: {
      payment: { select: { version: true, administrationId: true, debtorId: true, allocations: { select: { invoice: { select: { debtorId: true } } } } } },
    },
  })
  const payments = changes.map(({ payment }) => payment)
  return {
    paymentIds: changes.map(({ paymentId }) => paymentId),
    debtorIds: [
      ...new Set(
        payments.flatMap(({ debtorId, allocations }) => [...(debtorId === null ? [] : [debtorId]), ...allocations.map(({ invoice }) => invoice.debtorId)]),
      ),
    ],
    administrationIds: [...new Set(payments.map(({ administrationId }) => administrationId))],
    done: async () => {
      const seen = changes.map(({ paymentId, payment: { version } }) => ({ id: paymentId, version }))
      await client.$executeRaw`
        DELETE FROM "PaymentChange" c USING "Payment" p, jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS s(id int, version int)
        WHERE c."paymentId" = p.id AND p.id = s.id AND p.version = s.version`
    },
  }
}
