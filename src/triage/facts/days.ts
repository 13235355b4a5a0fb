// Days as integers: the grammar counts thousands of them a second, where Temporal's polyfill takes microseconds for one.

/** Days since 1 January 1970 in the proleptic Gregorian calendar. */
export type DayNumber = number
/** A calendar day in parts; the month counts from 1. */
export type Civil = { year: number; month: number; day: number }

/** The day number of a day of the calendar. A month outside 1 to 12 runs into the years beside it. */
export function dayNumber(year: number, month: number, day: number): DayNumber {
  const months = year * 12 + month - 1
  const ofYear = Math.floor(months / 12)
  const ofMonth = months - ofYear * 12 + 1
  // The year is taken to begin in March, so that 29 February is its last day.
  const shifted = ofMonth <= 2 ? ofYear - 1 : ofYear
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (ofMonth > 2 ? ofMonth - 3 : ofMonth + 9) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The day of the calendar that a day number is. */
export function civilOf(number: DayNumber): Civil {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const part = Math.floor((5 * dayOfYear + 2) / 153)
  const month = part < 10 ? part + 3 : part - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * part + 2) / 5) + 1 }
}

/** The day number of an ISO day (`2026-05-18`). */
export const dayOfIso = (iso: string): DayNumber => dayNumber(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10)))

/** A day number as an ISO day. */
export function isoOfDay(number: DayNumber): string {
  const { year, month, day } = civilOf(number)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The weekday of a day number: 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekdayOf = (number: DayNumber): number => ((((number + 3) % 7) + 7) % 7) + 1

/** How many days a month has; a month outside 1 to 12 runs into the years beside it. */
export const daysInMonth = (year: number, month: number): number => dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)

/** Days from one ISO day to another; negative when the other lies before. */
export const daysBetween = (from: string, to: string): number => dayOfIso(to) - dayOfIso(from)
