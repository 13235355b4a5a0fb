import type { Temporal } from 'temporal-polyfill'

/** The day that many working days (Monday to Friday, no holidays) after a day. */
export function addWorkingDays(day: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let [at, left] = [day, count]
  while (left > 0) {
    at = at.add({ days: 1 })
    if (at.dayOfWeek <= 5) left -= 1
  }
  return at
}
