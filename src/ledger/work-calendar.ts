import Holidays from 'date-holidays'
import type { Temporal } from 'temporal-polyfill'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
type Weekday = (typeof weekdays)[number]

/** Which days somebody works. Days are ISO: `2026-12-24`, or `12-24` for every year. */
export type WorkCalendar = { isWorkingDay: (day: Temporal.PlainDate) => boolean }

export type WorkCalendarRules = {
  country: string
  region?: string | undefined
  publicHolidays: boolean
  workingDays: readonly Weekday[]
  closed: readonly string[]
  open: readonly string[]
}

/** Monday to Friday without any holidays: for who belongs to no administration. */
export const plainWeek: WorkCalendar = { isWorkingDay: day => day.dayOfWeek <= 5 }

// For the United Kingdom as a whole the list leaves out what its parts do not share: England's last Monday of August.
const usualRegions: Readonly<Record<string, string>> = { GB: 'ENG' }

/** A calendar by its rules; a country that is not known to the list of holidays has none. */
export function createWorkCalendar(rules: WorkCalendarRules): WorkCalendar {
  const working = new Set(rules.workingDays.map(name => weekdays.indexOf(name) + 1))
  const [closed, open] = [new Set(rules.closed), new Set(rules.open)]
  const source = rules.publicHolidays ? new Holidays(rules.country, rules.region ?? usualRegions[rules.country] ?? '') : undefined
  const years = new Map<number, Set<string>>()

  /** The list also holds observances and half days of banks: only its public holidays are days off. */
  function holidaysOf(year: number): Set<string> {
    const known = years.get(year)
    if (known) return known
    const days = new Set((source?.getHolidays(year) || []).filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)))
    years.set(year, days)
    return days
  }

  return {
    isWorkingDay: day => {
      if (isIn(open, day)) return true
      return working.has(day.dayOfWeek) && !isIn(closed, day) && !holidaysOf(day.year).has(day.toString())
    },
  }
}

/** The days on which people work by both calendars. */
export const bothWork = (one: WorkCalendar, other: WorkCalendar): WorkCalendar => ({
  isWorkingDay: day => one.isWorkingDay(day) && other.isWorkingDay(day),
})

/** Days of one year stand with it, those of every year without. */
const isIn = (days: Set<string>, day: Temporal.PlainDate): boolean => days.has(day.toString()) || days.has(day.toString().slice(5))

/** The countries, and the regions of one, whose public holidays are known. */
export const knowsHolidaysOf = (country: string, region?: string): boolean => {
  const holidays = new Holidays()
  return region === undefined ? country in holidays.getCountries() : region in (holidays.getStates(country) ?? {})
}

const longestSearch = 3_660 // days; a calendar that is closed for ten years on end is a mistake, not an endless loop

/** The day that many working days after a day; the day itself is not counted. */
export function addWorkingDays({ isWorkingDay }: WorkCalendar, day: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let [at, left] = [day, count]
  for (let step = 0; left > 0 && step < longestSearch; step++) {
    at = at.add({ days: 1 })
    if (isWorkingDay(at)) left -= 1
  }
  return at
}
