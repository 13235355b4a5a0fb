import type { DateSaid } from './date-said.ts'
import { civilOf, type DayNumber, dayNumber, dayOfIso, daysInMonth, isoOfDay, weekdayOf } from './days.ts'

/** A day that was said: ISO, and how sure the words make it (0 to 1). */
export type ResolvedDate = { day: string; confidence: number }

const sure = 0.9
const unsure = 0.6
/** A date without a year that would lie this far off was probably meant otherwise: shown, but nothing rests on it. */
const farDays = 300
/** No promise of a debtor reaches this far; a larger year is a misread number. */
const lastYear = 2200

/**
 * The day that words mean, counted from the mail's own day; weeks run Monday to Sunday. `future` (a promise, an
 * absence) never gives a day before the mail's, `past` (a payment made) never one after it; undefined when the words
 * leave it open or point the wrong way. `country` (ISO 3166) decides whether May Day is a working day.
 */
export function resolveDate(said: DateSaid, today: string, direction: 'future' | 'past', country?: string): ResolvedDate | undefined {
  const from = dayOfIso(today)
  const found = count(said, from, direction === 'past' ? -1 : 1, country)
  if (!found || (direction === 'future' ? found.day < from : found.day > from)) return undefined
  return { day: isoOfDay(found.day), confidence: found.confidence }
}

type Found = { day: DayNumber; confidence: number } | undefined
const at = (day: DayNumber | undefined, confidence = sure): Found => (day === undefined ? undefined : { day, confidence })

function count(said: DateSaid, from: DayNumber, step: 1 | -1, country: string | undefined): Found {
  const monday = from - weekdayOf(from) + 1
  switch (said.kind) {
    case 'days':
      return at(from + said.days)
    case 'working_days':
      return at(addWorkingDays(from, said.days))
    case 'months':
      return at(addMonths(from, said.months))
    case 'weekday':
      return step > 0 ? weekdayAhead(said, from) : at(weekdayBefore(from, said.weekday), said.unsure ? unsure : sure)
    case 'last_weekday':
      return at(weekdayBefore(from, said.weekday))
    case 'weekday_of_week':
      return at(monday + said.weeks * 7 + said.weekday - 1, said.unsure ? unsure : sure)
    case 'week':
      return at(monday + said.weeks * 7 + 4, said.unsure ? unsure : 0.8)
    case 'week_number':
      return at(dayOfWeek(said.week, said.weekday ?? 5, from))
    case 'week_of_month':
      return at(weekdayOfMonth(monthOf(said, from, said.week < 0 ? 31 : said.week * 7, step), said.week, said.weekday ?? 5), said.weekday ? sure : 0.7)
    case 'day':
      return ofWeek(namedDay(said, from, step), said.isWeek)
    case 'day_of_month':
      return ofWeek(doubted(at(dayOfMonth(said, from, step)), said.weekday), said.isWeek)
    case 'later':
      return later(said, said.than ? count(said.than, from, step, country) : undefined, from)
    case 'end_of_month':
      return at(lastOf(monthOf(said, from, 31, step)), said.unsure ? unsure : sure)
    case 'end_of_period':
      return at(endOfPeriod(said.months, said.ahead, from), said.unsure ? unsure : sure)
    case 'middle_of_month':
      return at(plus(monthOf(said, from, 15, step), 14), 0.7)
    case 'start_of_month':
      break
  }
  return at(startOfMonth(monthOf(said, from, 7, step), from, country), unsure)
}

const plus = (day: DayNumber | undefined, days: number): DayNumber | undefined => (day === undefined ? undefined : day + days)

/** "Monday, 12 May", where the 12th is a Tuesday: one of the two is wrong. */
const doubted = (found: Found, weekday: number | undefined): Found =>
  found && weekday !== undefined && weekdayOf(found.day) !== weekday ? { ...found, confidence: Math.min(found.confidence, unsure) } : found

/** The Friday of a day's week, when the week is what was said. */
const ofWeek = (found: Found, isWeek: boolean | undefined): Found => (found && isWeek ? at(found.day - weekdayOf(found.day) + 5, 0.8) : found)

function later({ days, months, weekday, isWeek }: Extract<DateSaid, { kind: 'later' }>, than: Found, from: DayNumber): Found {
  if (!than) return weekday === undefined ? undefined : at(weekdayAfter(from, weekday), unsure)
  const { day } = than
  const confidence = Math.min(than.confidence, 0.8)
  if (isWeek) return at(day - weekdayOf(day) + 12, confidence)
  if (weekday !== undefined) return at(weekdayAfter(day, weekday), confidence)
  return at(months === undefined ? day + (days ?? 0) : addMonths(day, months), confidence)
}

const weekdayAfter = (from: DayNumber, weekday: number): DayNumber => from + ((weekday - weekdayOf(from) + 6) % 7) + 1
/** Nobody calls tomorrow "mardi prochain". */
const weekdayAhead = ({ weekday, unsure: isUnsure }: Extract<DateSaid, { kind: 'weekday' }>, from: DayNumber): Found => {
  const day = weekdayAfter(from, weekday)
  return isUnsure ? at(day === from + 1 ? day + 7 : day, unsure) : at(day)
}
const weekdayBefore = (from: DayNumber, weekday: number): DayNumber => from - ((weekdayOf(from) - weekday + 6) % 7) - 1

function addWorkingDays(from: DayNumber, days: number): DayNumber {
  let day = from
  for (let left = Math.min(days, 260); left > 0; ) {
    day++
    if (weekdayOf(day) <= 5) left--
  }
  return day
}

/** A month after 31 January is the last day of February. */
function addMonths(from: DayNumber, months: number): DayNumber {
  const { year, month, day } = civilOf(from)
  return dayNumber(year, month + months, Math.min(day, daysInMonth(year, month + months)))
}

// ISO 8601: the week that holds 4 January is week 1, and a week belongs to the year of its Thursday.
function dayOfWeek(week: number, weekday: number, from: DayNumber): DayNumber | undefined {
  if (week < 1 || week > 53) return undefined
  const { year } = civilOf(from - weekdayOf(from) + 4)
  const days = [year, year + 1].map(weekYear => {
    const fourth = dayNumber(weekYear, 1, 4)
    const friday = fourth - weekdayOf(fourth) + 1 + (week - 1) * 7 + 4
    return civilOf(friday - 1).year === weekYear ? friday - 5 + weekday : undefined
  })
  return days.find(day => day !== undefined && day >= from)
}

/** The first, second, ... such weekday of the month that begins at `first`; -1 is the last one. */
function weekdayOfMonth(first: DayNumber | undefined, week: number, weekday: number): DayNumber | undefined {
  if (first === undefined) return undefined
  if (week > 0) return weekdayAfter(first - 1, weekday) + (week - 1) * 7
  return weekdayBefore((lastOf(first) ?? first) + 1, weekday)
}

function namedDay(said: Extract<DateSaid, { kind: 'day' }>, from: DayNumber, step: 1 | -1): Found {
  if (said.year !== undefined) return doubted(at(existing(said.year, said.month, said.day), said.unsure ? unsure : 0.95), said.weekday)
  const { year } = civilOf(from)
  // 29 February may be up to eight years off.
  for (let years = 0; years <= 8; years++) {
    const day = existing(year + years * step, said.month, said.day)
    if (day === undefined || (day - from) * step < 0) continue
    return doubted(at(day, Math.abs(day - from) > farDays ? 0.4 : said.unsure ? unsure : sure), said.weekday)
  }
  return undefined
}

const existing = (year: number, month: number, day: number): DayNumber | undefined =>
  month < 1 || month > 12 || day < 1 || year > lastYear || day > daysInMonth(year, month) ? undefined : dayNumber(year, month, day)

function dayOfMonth(said: Extract<DateSaid, { kind: 'day_of_month' }>, from: DayNumber, step: 1 | -1): DayNumber | undefined {
  if (said.day < 1 || said.day > 31) return undefined
  const { year, month } = civilOf(from)
  const ofMonth = (months: number) => (said.day > daysInMonth(year, month + months) ? undefined : dayNumber(year, month + months, said.day))
  if (said.months !== 0 || said.isThis) return ofMonth(said.months)
  for (let months = 0; months <= 3; months++) {
    const day = ofMonth(months * step)
    if (day !== undefined && (day - from) * step >= 0) return day
  }
  return undefined
}

/** The first day of the month that was meant: by default the coming one whose `day` has not passed. */
function monthOf(said: { month?: number; months?: number; year?: number }, from: DayNumber, day: number, step: 1 | -1): DayNumber | undefined {
  const { year, month } = civilOf(from)
  const meant = said.month
  if (meant === undefined) return dayNumber(year, month + (said.months ?? 0), 1)
  if (said.year !== undefined) return said.year > lastYear ? undefined : dayNumber(said.year, meant, 1)
  return [year, year + step]
    .filter(ofYear => (dayNumber(ofYear, meant, Math.min(day, daysInMonth(ofYear, meant))) - from) * step >= 0)
    .map(ofYear => dayNumber(ofYear, meant, 1))[0]
}

function lastOf(first: DayNumber | undefined): DayNumber | undefined {
  if (first === undefined) return undefined
  const { year, month } = civilOf(first)
  return first + daysInMonth(year, month) - 1
}

function endOfPeriod(months: number, ahead: number, from: DayNumber): DayNumber {
  const { year, month } = civilOf(from)
  return dayNumber(year, (Math.ceil(month / months) + ahead) * months + 1, 1) - 1
}

/** The earliest working day of the month's first seven that has not passed. */
function startOfMonth(first: DayNumber | undefined, from: DayNumber, country: string | undefined): DayNumber | undefined {
  if (first === undefined) return undefined
  const days = [0, 1, 2, 3, 4, 5, 6].map(more => first + more)
  return days.find(day => weekdayOf(day) <= 5 && !isFixedHoliday(day, country) && day >= from)
}

function isFixedHoliday(number: DayNumber, country: string | undefined): boolean {
  const { month, day } = civilOf(number)
  if (day !== 1) return false
  return month === 1 || (month === 5 && country !== 'NL' && country !== 'GB')
}
