import { setTimeout as sleep } from 'node:timers/promises'

/** Wakes one who waits. A ring while nobody waits is kept: the next wait ends at once. */
export type Bell = { ring: () => void; wait: (longestMs: number) => Promise<void> }

export function createBell(): Bell {
  let rung = false
  let waiting: AbortController | undefined
  return {
    ring: () => {
      rung = true
      waiting?.abort()
    },
    wait: async longestMs => {
      waiting = new AbortController()
      if (!rung) await sleep(longestMs, undefined, { signal: waiting.signal }).catch(() => undefined)
      waiting = undefined
      rung = false
    },
  }
}
