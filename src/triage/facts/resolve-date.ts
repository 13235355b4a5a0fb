import { Temporal } from 'temporal-polyfill'
import type { DateSaid } from './date-said.ts'

/** A day that was said: ISO, and how sure the words make it (0 to 1). */
export type ResolvedDate = { day: string; confidence: number }

const sure = 0.9
const unsure = 0.6
/** A date without a year that would lie this far off was probably meant otherwise: shown, but nothing rests on it. */
const farDays = 300

/**
 * The day that words mean, counted from the mail's own day; weeks run Monday to Sunday. `future` (a promise, an
 * absence) never gives a day before the mail's, `past` (a payment made) never one after it; undefined when the words
 * leave it open or point the wrong way. `country` (ISO 3166) decides whether May Day is a working day.
 */
export function resolveDate(said: DateSaid, today: string, direction: 'future' | 'past', country?: string): ResolvedDate | undefined {
  const from = Temporal.PlainDate.from(today)
  const found = count(said, from, direction === 'past' ? -1 : 1, country)
  if (!found) return undefined
  const order = Temporal.PlainDate.compare(found.day, from)
  if (direction === 'future' ? order < 0 : order > 0) return undefined
  return { day: found.day.toString(), confidence: found.confidence }
}

type Found = { day: Temporal.PlainDate; confidence: number } | undefined
const at = (day: Temporal.PlainDate | undefined, confidence = sure): Found => day && { day, confidence }

function count(said: DateSaid, from: Temporal.PlainDate, step: 1 | -1, country: string | undefined): Found {
  const monday = from.subtract({ days: from.dayOfWeek - 1 })
  switch (said.kind) {
    case 'days':
      return at(from.add({ days: said.days }))
    case 'working_days':
      return at(addWorkingDays(from, said.days))
    case 'months':
      return at(from.add({ months: said.months }))
    case 'weekday':
      return at(step > 0 ? weekdayAfter(from, said.weekday) : weekdayBefore(from, said.weekday), said.unsure ? unsure : sure)
    case 'last_weekday':
      return at(weekdayBefore(from, said.weekday))
    case 'weekday_of_week':
      return at(monday.add({ days: said.weeks * 7 + said.weekday - 1 }), said.unsure ? unsure : sure)
    case 'week':
      return at(monday.add({ days: said.weeks * 7 + 4 }), said.unsure ? unsure : 0.8)
    case 'week_number':
      return at(fridayOfWeek(said.week, from))
    case 'day':
      return namedDay(said, from, step)
    case 'day_of_month':
      return at(dayOfMonth(said, from, step))
    case 'end_of_month':
      return at(monthOf(said, from, 31, step)?.with({ day: 31 }))
    case 'middle_of_month':
      return at(monthOf(said, from, 15, step)?.with({ day: 15 }), 0.7)
    case 'start_of_month':
      break
  }
  return at(startOfMonth(monthOf(said, from, 7, step), from, country), unsure)
}

const weekdayAfter = (from: Temporal.PlainDate, weekday: number) => from.add({ days: ((weekday - from.dayOfWeek + 6) % 7) + 1 })
const weekdayBefore = (from: Temporal.PlainDate, weekday: number) => from.subtract({ days: ((from.dayOfWeek - weekday + 6) % 7) + 1 })

function addWorkingDays(from: Temporal.PlainDate, days: number): Temporal.PlainDate {
  let day = from
  for (let left = Math.min(days, 260); left > 0; ) {
    day = day.add({ days: 1 })
    if (day.dayOfWeek <= 5) left--
  }
  return day
}

// ISO 8601: the week that holds 4 January is week 1.
function fridayOfWeek(week: number, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (week < 1 || week > 53) return undefined
  const fridays = [from.yearOfWeek ?? from.year, (from.yearOfWeek ?? from.year) + 1].map(year => {
    const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 })
    return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ days: (week - 1) * 7 + 4 })
  })
  return fridays.find(friday => friday.weekOfYear === week && Temporal.PlainDate.compare(friday, from) >= 0)
}

function namedDay(said: Extract<DateSaid, { kind: 'day' }>, from: Temporal.PlainDate, step: 1 | -1): Found {
  if (said.year !== undefined) return at(existing(said.year, said.month, said.day), said.unsure ? unsure : 0.95)
  // 29 February may be up to eight years off.
  for (let years = 0; years <= 8; years++) {
    const day = existing(from.year + years * step, said.month, said.day)
    if (!day || Temporal.PlainDate.compare(day, from) * step < 0) continue
    const distance = Math.abs(from.until(day, { largestUnit: 'days' }).days)
    return at(day, distance > farDays ? 0.4 : said.unsure ? unsure : sure)
  }
  return undefined
}

function existing(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

function dayOfMonth(said: Extract<DateSaid, { kind: 'day_of_month' }>, from: Temporal.PlainDate, step: 1 | -1): Temporal.PlainDate | undefined {
  if (said.day < 1 || said.day > 31) return undefined
  const first = from.with({ day: 1 }).add({ months: said.months })
  if (said.months !== 0) return existing(first.year, first.month, said.day)
  for (let months = 0; months <= 3; months++) {
    const month = first.add({ months: months * step })
    const day = existing(month.year, month.month, said.day)
    if (day && Temporal.PlainDate.compare(day, from) * step >= 0) return day
  }
  return undefined
}

/** The first day of the month that was meant: the coming one whose `day` has not passed, by default. */
function monthOf(
  said: { month?: number; months?: number; year?: number },
  from: Temporal.PlainDate,
  day: number,
  step: 1 | -1,
): Temporal.PlainDate | undefined {
  if (said.month === undefined) return from.with({ day: 1 }).add({ months: said.months ?? 0 })
  if (said.year !== undefined) return Temporal.PlainDate.from({ year: said.year, month: said.month, day: 1 })
  const years = [from.year, from.year + step].map(year => Temporal.PlainDate.from({ year, month: said.month ?? 1, day: 1 }))
  return years.find(first => Temporal.PlainDate.compare(first.with({ day }), from) * step >= 0)
}

/** The earliest working day of the month's first seven that has not passed. */
function startOfMonth(first: Temporal.PlainDate | undefined, from: Temporal.PlainDate, country: string | undefined): Temporal.PlainDate | undefined {
  if (!first) return undefined
  const days = [0, 1, 2, 3, 4, 5, 6].map(later => first.add({ days: later }))
  return days.find(day => day.dayOfWeek <= 5 && !isFixedHoliday(day, country) && Temporal.PlainDate.compare(day, from) >= 0)
}

function isFixedHoliday(day: Temporal.PlainDate, country: string | undefined): boolean {
  if (day.day !== 1) return false
  return day.month === 1 || (day.month === 5 && country !== 'NL' && country !== 'GB')
}
