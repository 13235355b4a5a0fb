/** Remembers that something arrived, also when nobody was waiting at that moment. */
export type News = {
  arrived: () => void
  /** Called before looking: what arrives from now on counts as new. */
  seen: () => void
  /** Resolves when something arrived, after `milliseconds`, or when the signal ends the wait. */
  wait: (signal: AbortSignal, milliseconds: number) => Promise<void>
}

/** Returns the memory of one mailbox; one waits on it at a time. */
export function createNews(): News {
  let isNew = false
  let wake: (() => void) | undefined
  return {
    arrived: () => {
      isNew = true
      wake?.()
    },
    seen: () => void (isNew = false),
    wait: async (signal, milliseconds) => {
      if (isNew || signal.aborted) return
      await new Promise<void>(resolve => {
        const end = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', end)
          wake = undefined
          resolve()
        }
        const timer = setTimeout(end, milliseconds)
        signal.addEventListener('abort', end, { once: true })
        wake = end
      })
    },
  }
}
