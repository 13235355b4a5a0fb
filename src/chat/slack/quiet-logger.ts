import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '#platform'

/** The SDK tells at length what passes through it, people's names and letters among it: that is for `trace` alone. */
export function quietLogger(log: Log): Logger {
  const trace = (...said: unknown[]): void => log.trace({ said }, 'slack sdk')
  const warn = (...said: unknown[]): void => log.debug({ said: typeof said[0] === 'string' ? said[0].slice(0, 100) : typeof said[0] }, 'slack sdk')
  return { debug: trace, info: trace, warn, error: warn, setLevel: () => undefined, getLevel: () => LogLevel.ERROR, setName: () => undefined }
}
