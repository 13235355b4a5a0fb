import { DuncanError, errorText } from '#platform'

/** What a check found when nothing is broken: fine, or something that a person should know. */
export type Finding = string | { warning: string; remedy: string }
/** Throws what is broken, with its remedy. */
export type Check = { name: string; run: () => Promise<Finding> }
export type Verdict = { name: string; state: 'ok' | 'warn' | 'fail'; message: string; remedy?: string }

const longest = 20_000 // milliseconds for one check

/** Runs checks at the same time; returns their verdicts in order. One that does not answer fails alone. */
export const runAll = (checks: Check[]): Promise<Verdict[]> => Promise.all(checks.map(judge))

async function judge({ name, run }: Check): Promise<Verdict> {
  const { promise, reject } = Promise.withResolvers<never>()
  const remedy = 'Look whether the other side is up and reachable from this machine, and whether a firewall swallows the connection.'
  const timer = setTimeout(() => reject(new DuncanError('doctor.time', `no answer within ${longest / 1000} seconds.`, remedy)), longest)
  try {
    const found = await Promise.race([run(), promise])
    return typeof found === 'string' ? { name, state: 'ok', message: found } : { name, state: 'warn', message: found.warning, remedy: found.remedy }
  } catch (error) {
    return { name, state: 'fail', message: errorText(error), ...(error instanceof DuncanError && { remedy: error.remedy }) }
  } finally {
    clearTimeout(timer)
  }
}

const signs: Record<Verdict['state'], string> = { ok: '✓', warn: '!', fail: '✗' }

/** One line, and below it what to do. */
export const verdictText = ({ name, state, message, remedy }: Verdict): string => `${signs[state]} ${name}: ${message}${remedy ? `\n    → ${remedy}` : ''}`
