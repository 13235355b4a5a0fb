import { type Clock, type DbClient, fromInstant, recordAudit } from '#platform'

/** Opens the alerts again whose rest is over; returns the ids of those to draw anew, which reminds people of them. */
export async function wakeAlerts(client: DbClient, clock: Clock): Promise<number[]> {
  const now = fromInstant(clock.now())
  const rows = await client.creditAlert.updateManyAndReturn({
    where: { status: 'snoozed', snoozedUntil: { lte: now } },
    data: { status: 'open', snoozedUntil: null, remindedAt: now },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** One look takes so many; the next minute's look takes the rest. */
const mostAtOnce = 100

/** The urgent alerts that nobody has dealt with for so many hours and that nobody was reminded of; one for each card. None with 0 hours. */
export async function overdueAlerts(client: DbClient, clock: Clock, hours: number): Promise<number[]> {
  if (hours === 0) return []
  const before = fromInstant(clock.now().subtract({ hours }))
  const rows = await client.$queryRaw<{ id: number }[]>`
    SELECT min(id) AS id FROM "CreditAlert" WHERE status = 'open' AND urgency = 'now' AND "remindedAt" IS NULL AND "raisedAt" <= ${before}
    GROUP BY "companyId", "administrationId", party, "raisedAt" ORDER BY 1 LIMIT ${mostAtOnce}`
  return rows.map(({ id }) => id)
}

/** Keeps that people were reminded of an alert and of all that stands on its card. */
export async function markReminded(client: DbClient, clock: Clock, alertId: number): Promise<void> {
  await client.$transaction(async tx => {
    const { companyId, administrationId, party, raisedAt } = await tx.creditAlert.findUniqueOrThrow({ where: { id: alertId } })
    await tx.creditAlert.updateMany({ where: { companyId, administrationId, party, raisedAt }, data: { remindedAt: fromInstant(clock.now()) } })
    await recordAudit(tx, { actor: 'duncan', event: 'alert.reminded', subject: `alert:${alertId}`, detail: { company: companyId } })
  })
}
