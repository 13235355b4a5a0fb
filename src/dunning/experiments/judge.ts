import type { Experiment } from './experiments-kind.ts'
import { type Interval } from './intervals.ts'

/**
 * How far an experiment is, with ISO days. `takes_in`: debtors still come in. `waits`: for the payments of those who came in last; the verdict falls
 * on that day. `stopped`: by a person, before its plan was fulfilled.
 */
export type ExperimentState =
  | { kind: 'begins'; on: string }
  | { kind: 'takes_in' }
  | { kind: 'waits'; until: string }
  | { kind: 'over' }
  | { kind: 'stopped'; on: string }

/** Units that came in, when the last one did, and up to which day the payments of all of them are known. */
export type Progress = { units: number; lastOn: string; knownUntil: string; stoppedOn: string | null }

/** How far an experiment is on a day. `plusDays`: an ISO day so many days later. */
export function stateOf(
  { from, until, debtors, within }: Experiment,
  { units, lastOn, knownUntil, stoppedOn }: Progress,
  today: string,
  plusDays: (day: string, days: number) => string,
): ExperimentState {
  if (stoppedOn !== null) return { kind: 'stopped', on: stoppedOn }
  if (today < from) return { kind: 'begins', on: from }
  const isFull = debtors !== undefined && units >= debtors
  if (!isFull && (until === undefined || today <= until)) return { kind: 'takes_in' }
  if (units === 0) return { kind: 'over' }
  const end = plusDays(lastOn, within)
  return knownUntil >= end ? { kind: 'over' } : { kind: 'waits', until: end }
}

/**
 * What an experiment showed: once, at its planned end. Until then there is none, whatever the figures look like: who looks every day and stops
 * at the first interval without zero is wrong far more often than once in twenty. One that was stopped never has one.
 */
export type Verdict = 'too_early' | 'no_difference' | 'a' | 'b'

/** The verdict on the share that paid in time: the variant of which more paid, when the interval of the difference leaves zero out. */
export function verdictOf(state: ExperimentState, { low, high }: Interval): Verdict {
  if (state.kind !== 'over') return 'too_early'
  if (low > 0) return 'b'
  return high < 0 ? 'a' : 'no_difference'
}
