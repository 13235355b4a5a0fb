import type { Clock, DbClient, Log, Ops, Queue } from '#platform'
import { watchClock } from './watch-clock.ts'
import { watchConnections } from './watch-connections.ts'
import { watchDeadJobs } from './watch-dead-jobs.ts'
import { watchDisk } from './watch-disk.ts'
import { watchHeldMail } from './watch-held-mail.ts'
import { watchOutbound } from './watch-outbound.ts'

type WatchDeps = { client: DbClient; queue: Pick<Queue, 'send'>; clock: Clock; log: Log; ops: Ops; dataDir: string; leastFreeMb: number }

/** Looks after what Duncan stands on: disk, database connections, clocks, mails that do not leave. One that cannot be looked at hides no other. */
export async function watchSystem({ client, queue, clock, log, ops, dataDir, leastFreeMb }: WatchDeps): Promise<void> {
  const looks = {
    disk: () => watchDisk({ ops, dataDir, leastFreeMb }),
    connections: () => watchConnections({ client, ops }),
    clock: () => watchClock({ client, clock, ops }),
    'held mail': () => watchHeldMail({ client, queue, ops }),
    'dead jobs': () => watchDeadJobs({ client, ops }),
    outbound: () => watchOutbound({ client, clock, ops }),
  }
  for (const [what, look] of Object.entries(looks)) await look().catch((error: unknown) => log.warn({ what, err: error }, 'the system could not be looked at'))
}
