import type { Log } from '#platform'

/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once, for who cannot wait. */
export function untilStopped(log: Log): Promise<void> {
  return new Promise(resolve => {
    const stop = (signal: NodeJS.Signals) => {
      log.info({ signal }, 'stopping')
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.removeListener(name, stop).once(name, () => process.exit(130))
      resolve()
    }
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop)
  })
}
