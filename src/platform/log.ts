import { type DestinationStream, type Logger, pino } from 'pino'
import { DuncanError, errorText } from './errors.ts'

export type Log = Logger

/** The process's logger: JSON lines, or readable lines on a terminal. Personal data may be logged at `trace` only. */
export function createLog(level: string, pretty = process.stdout.isTTY): Log {
  const options = { level, base: null, serializers: { err: loggedError } }
  if (!pretty) return pino(options, untroubledOutput())
  return pino({ ...options, transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } } })
}

/** Standard output, of which a disk that is full takes lines away, and not the process with them. */
function untroubledOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true, maxLength: 1024 * 1024 })
  output.on('error', () => undefined)
  return output
}

/** A logger that writes nothing, for tests and one-shot commands. */
export const silentLog: Log = pino({ level: 'silent' })

const longestMessage = 300

/**
 * What the log may hold of a fault: its kind, its code, one line, and where it happened. The database's driver puts the values
 * of a failed statement into its errors, and those are people's names and letters.
 */
export function loggedError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, message, stack = '', cause } = error
  const code = (error as { code?: unknown }).code
  return {
    type: name,
    ...(code !== undefined && { code }),
    message: maskedLine(message),
    stack: stack
      .split('\n')
      .filter(line => line.startsWith('    at '))
      .join('\n'),
    ...(cause !== undefined && { cause: loggedError(cause) }),
  }
}

/** What a fault may say of itself where people read it who need not know whose mail it was: one line, without values and addresses. */
export function faultLine(error: unknown): string {
  return error instanceof DuncanError ? error.message : maskedLine(errorText(error))
}

const maskedLine = (message: string): string => {
  const lines = message.split('\n').filter(line => line.trim() !== '')
  return masked(lines.at(-1) ?? '').slice(0, longestMessage)
}

const masked = (text: string): string => text.replaceAll(/"[^"]{40,}"/g, '"..."').replaceAll(/[^\s<>"'@]+@[^\s<>"'@]+/g, '<address>')
