import { type Clock, type DbClient, fromInstant } from '#platform'

/** Of this year the orders are counted, and of the last one people may still ask. */
const keptDays = 800

/** Deletes what nights noted of single companies long ago: orders, events and outcomes. Runs with their counts and the history of values stay. */
export async function forgetOldNights(client: DbClient, clock: Clock): Promise<void> {
  const before = fromInstant(clock.now().subtract({ hours: keptDays * 24 }))
  await client.creditRunCompany.deleteMany({ where: { run: { finishedAt: { lt: before } } } })
  await client.creditOrder.deleteMany({ where: { askedAt: { lt: before } } })
  await client.creditEvent.deleteMany({ where: { happenedAt: { lt: before } } })
}
