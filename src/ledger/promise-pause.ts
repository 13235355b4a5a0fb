import { Temporal } from 'temporal-polyfill'
import type { PromiseRecord } from './promise-record.ts'
import type { PromiseRules } from './promises-kind.ts'
import { addWorkingDays, type WorkCalendar } from './work-calendar.ts'

/** `graceDays`: working days after the promised day. `longestDays`: calendar days from today. */
export type PromisePause = { graceDays: number; longestDays: number }

/**
 * How long a promise is waited for: what the settings say for who is as likely to keep it as not, up to twice that for who always does,
 * and ever less for who breaks promises.
 */
export function promisePause({ graceDays, longestPauseDays }: PromiseRules, { probability }: Pick<PromiseRecord, 'probability'>): PromisePause {
  return { graceDays: Math.round(graceDays * 2 * probability), longestDays: Math.max(1, Math.round(longestPauseDays * 2 * probability)) }
}

/**
 * The last day on which the money of a promise counts as in time, and the last day on which it keeps reminders away, both ISO: the same, unless
 * the promised day is further off than a promise may pause.
 */
export function promiseDays(
  calendar: WorkCalendar,
  today: Temporal.PlainDate,
  promisedOn: string,
  { graceDays, longestDays }: PromisePause,
): { waitUntil: string; holdUntil: string } {
  const waitUntil = addWorkingDays(calendar, Temporal.PlainDate.from(promisedOn), graceDays)
  const longest = today.add({ days: longestDays })
  const holdUntil = Temporal.PlainDate.compare(waitUntil, longest) <= 0 ? waitUntil : longest
  return { waitUntil: waitUntil.toString(), holdUntil: holdUntil.toString() }
}
