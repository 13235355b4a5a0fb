import { setTimeout as sleep } from 'node:timers/promises'
import type { DbClient } from '#platform'

export type Watch = { stop: () => Promise<void> }

const defaultEvery = 1_000
/** What fails again and again is tried every minute, not every second. */
const mostDoublings = 6

/** Calls back at once and after each new version, one call at a time; a call that failed is repeated. */
export async function watchVersions(
  client: DbClient,
  onChange: () => Promise<void>,
  { onFault, everyMilliseconds = defaultEvery }: { onFault: (error: unknown) => void; everyMilliseconds?: number },
): Promise<Watch> {
  // Read before the first call: a version applied meanwhile is seen by the next look.
  let seen = await newestId(client)
  await onChange()
  const stopping = new AbortController()
  const { signal } = stopping

  async function look(): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      await sleep(everyMilliseconds * 2 ** Math.min(failures, mostDoublings), undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      try {
        const newest = await newestId(client)
        if (newest !== seen) await onChange()
        seen = newest // only now: what failed is tried again at the next look
        failures = 0
      } catch (error) {
        failures += 1
        onFault(error)
      }
    }
  }

  const looking = look()
  return {
    stop: async () => {
      stopping.abort()
      await looking
    },
  }
}

async function newestId(client: DbClient): Promise<number> {
  const newest = await client.settingsVersion.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  return newest?.id ?? 0
}
