/** More at once are not done any sooner: one decision keeps a processor busy. */
export const decisionsAtOnce = 4

export type Turns = {
  /** Does a piece of work when it is its turn; returns what comes of it. */
  take: <T>(work: () => Promise<T>) => Promise<T>
  /** Whether a new piece of work would have to wait. */
  isBusy: () => boolean
}

/**
 * So many pieces of work at a time, in the order in which they came. Those that wait take no time from those that run, nor from what is
 * only acknowledged meanwhile: fifty clicks that are all worked on at once keep the fifty-first from its acknowledgement.
 */
export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  const isBusy = (): boolean => running >= atOnce
  return {
    isBusy,
    take: async work => {
      if (isBusy()) await new Promise<void>(resolve => waiting.push(resolve))
      else running++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
  }
}
