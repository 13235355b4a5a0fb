import type { Db } from '#platform'

/**
 * Lets an hour pass for the jobs that a killed process had in hand, which no running one has taken up yet: who looks finds at once
 * that their process is gone. That it is found without this, by its silence alone, `tests/platform/queue.test.ts` waits for.
 */
export async function forgetHeartbeats(db: Db): Promise<void> {
  await db.$executeRaw`UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 hour' WHERE state = 'active'`
}
