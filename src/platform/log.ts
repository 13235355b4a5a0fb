import { type Logger, pino } from 'pino'

export type Log = Logger

/** The process's logger: JSON lines, or readable lines on a terminal. Personal data may be logged at `trace` only. */
export function createLog(level: string, pretty = process.stdout.isTTY): Log {
  if (!pretty) return pino({ level, base: null })
  return pino({ level, base: null, transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } } })
}

/** A logger that writes nothing, for tests and one-shot commands. */
export const silentLog: Log = pino({ level: 'silent' })
