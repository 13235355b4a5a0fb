import type { Clock, DbClient, Ops } from '#platform'
import { toInstant } from '#platform'

type WatchDeps = { client: DbClient; clock: Clock; ops: Pick<Ops, 'raise' | 'resolve'> }

/** In seconds. What is told anew is that it worsens, not every second. */
const steps = [10, 60, 600, 3600] as const

/** Raises an alert while this machine's clock and the database server's differ by more than ten seconds, and closes it afterwards. */
export async function watchClock({ client, clock, ops }: WatchDeps): Promise<void> {
  const asked = clock.now()
  const [row] = await client.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  const answered = clock.now()
  if (!row) return
  // It was read at some moment in between: the wait for the answer is no difference.
  const theirs = toInstant(row.now)
  const ahead = Math.max(theirs.since(answered).total('seconds'), asked.since(theirs).total('seconds'))
  if (ahead <= steps[0]) return ops.resolve('clock:database')
  await ops.raise({
    key: 'clock:database',
    problem: `The clocks of Duncan’s machine and of the database server differ by more than ${steps.findLast(step => ahead > step)} seconds.`,
    remedy: 'Let both follow a time server (NTP): undo windows, sign-ins and schedules go wrong meanwhile.',
  })
}
