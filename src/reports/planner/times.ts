import type { Temporal } from 'temporal-polyfill'
import type { WorkCalendar } from '#ledger'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** On which days, and at what local time (`08:00`), a report goes out. A month that is too short has its last day in the place of a later one. */
export type Times = { at: string } & (
  | { every: 'day' | 'workday' }
  /** 1 is Monday. */
  | { every: 'week'; day: number }
  | { every: 'month'; on: 'day' | 'workday'; nth: number }
  | { every: 'month'; on: 'last_workday' }
)

const usualTime = '08:00'

/**
 * What somebody typed, or a row has kept: `daily`, `workdays`, `monday`, `monthly 15`, `monthly workday 3` or `monthly last`, with a time behind it
 * or at eight. Undefined for anything else.
 */
export function parseTimes(text: string): Times | undefined {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const time = words.at(-1)?.match(/^([01]?\d|2[0-3])[:.]([0-5]\d)$/)
  const at = time ? `${time[1]?.padStart(2, '0')}:${time[2]}` : usualTime
  const said = (time ? words.slice(0, -1) : words).filter(word => !['at', 'weekly', 'every', 'on'].includes(word))
  const [first = '', second = '', third] = said
  if (said.length === 1 && first === 'daily') return { every: 'day', at }
  if (said.length === 1 && first === 'workdays') return { every: 'workday', at }
  const weekday = weekdays.findIndex(name => name === first)
  if (said.length === 1 && weekday >= 0) return { every: 'week', day: weekday + 1, at }
  if (first !== 'monthly') return undefined
  if (said.length === 2 && second === 'last') return { every: 'month', on: 'last_workday', at }
  const [on, number] = second === 'workday' ? (['workday', third] as const) : (['day', second] as const)
  const nth = /^\d{1,2}$/.test(number ?? '') ? Number(number) : 0
  if (said.length !== (on === 'day' ? 2 : 3) || nth < 1 || nth > (on === 'day' ? 31 : 15)) return undefined
  return { every: 'month', on, nth, at }
}

/** The times as `parseTimes` reads them. */
export function printTimes(times: Times): string {
  switch (times.every) {
    case 'day':
      return `daily ${times.at}`
    case 'workday':
      return `workdays ${times.at}`
    case 'week':
      return `${weekdays[times.day - 1]} ${times.at}`
    case 'month':
      return `monthly ${times.on === 'last_workday' ? 'last' : times.on === 'workday' ? `workday ${times.nth}` : times.nth} ${times.at}`
    default:
      return times satisfies never
  }
}

const farthest = 400 // days: a calendar that is closed for longer than a year runs nothing

/**
 * The first moment of the times after another one; undefined where no day of more than a year fits. Local time holds over changes of the clock: a
 * time that a spring night skips is the same span later, and one that an autumn night has twice is its first.
 */
export function nextAfter(times: Times, after: Temporal.Instant, timeZone: string, calendar: WorkCalendar): Temporal.Instant | undefined {
  const [hour = 0, minute = 0] = times.at.split(':').map(Number)
  let day = after.toZonedDateTimeISO(timeZone).toPlainDate()
  for (let tried = 0; tried < farthest; tried++, day = day.add({ days: 1 })) {
    if (!fits(times, day, calendar)) continue
    const moment = day.toPlainDateTime({ hour, minute }).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).toInstant()
    if (moment.epochNanoseconds > after.epochNanoseconds) return moment
  }
  return undefined
}

function fits(times: Times, day: Temporal.PlainDate, { isWorkingDay }: WorkCalendar): boolean {
  switch (times.every) {
    case 'day':
      return true
    case 'workday':
      return isWorkingDay(day)
    case 'week':
      return day.dayOfWeek === times.day
    case 'month': {
      if (times.on === 'day') return day.day === Math.min(times.nth, day.daysInMonth)
      if (!isWorkingDay(day)) return false
      const isOther = (other: number) => isWorkingDay(day.with({ day: other }))
      if (times.on === 'workday') return daysOf(1, day.day).filter(isOther).length === times.nth
      return !daysOf(day.day + 1, day.daysInMonth).some(isOther)
    }
    default:
      return times satisfies never
  }
}

const daysOf = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
