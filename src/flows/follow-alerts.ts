import { type Credit, markReminded, overdueAlerts, raiseOrderAlerts, wakeAlerts } from '#credit'
import type { Clock, DbClient, Queue } from '#platform'

type FollowDeps = {
  client: DbClient
  clock: Clock
  queue: Pick<Queue, 'sendMany'>
  credit: Pick<Credit, 'rules'>
  posts: { postAlert: (alertId: number) => Promise<unknown>; postAlertReminder: (alertId: number) => Promise<unknown> }
}

/** What time does to credit alerts: those that were put off stand open again, those that wait too long are told of once; and orders above the limit raise new ones. */
export async function followAlerts({ client, clock, queue, credit, posts }: FollowDeps): Promise<void> {
  for (const alertId of await wakeAlerts(client, clock)) await posts.postAlert(alertId)
  const rules = await credit.rules()
  if (!rules.on) return
  await raiseOrderAlerts(client, clock, queue)
  for (const alertId of await overdueAlerts(client, clock, rules.remindAfterHours)) {
    await posts.postAlertReminder(alertId) // the same post, however often it is written
    await markReminded(client, clock, alertId)
  }
}
