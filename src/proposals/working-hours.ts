import { Temporal } from 'temporal-polyfill'
import type { WorkCalendar } from '#ledger'

/** The office's day, Monday to Friday, as minutes after midnight. Holidays count as working days. */
export type OfficeDay = { from: number; until: number }

/** The day that a text as `09:00-17:00` gives; undefined when it is none, or ends before it begins. */
export function officeDay(text: string): OfficeDay | undefined {
  const times = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text)?.slice(1).map(Number)
  if (!times) return undefined
  const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = times
  const day = { from: fromHour * 60 + fromMinute, until: untilHour * 60 + untilMinute }
  return day.from < day.until ? day : undefined
}

/** Longer spans are not looked at day by day: nothing waits for a year. */
const mostDays = 366

/** Working minutes between two moments, on the calendar of a time zone (IANA name); 0 when the second is not the later one. */
export function workingMinutes(since: Temporal.Instant, until: Temporal.Instant, timeZone: string, { from, until: to }: OfficeDay): number {
  const [start, end] = [since.toZonedDateTimeISO(timeZone), until.toZonedDateTimeISO(timeZone)]
  let minutes = 0
  let day = start.toPlainDate()
  for (let count = 0; count < mostDays && Temporal.PlainDate.compare(day, end.toPlainDate()) <= 0; count++) {
    if (day.dayOfWeek <= 5) {
      const opens = day.equals(start.toPlainDate()) ? Math.max(from, minuteOf(start)) : from
      const closes = day.equals(end.toPlainDate()) ? Math.min(to, minuteOf(end)) : to
      minutes += Math.max(0, closes - opens)
    }
    day = day.add({ days: 1 })
  }
  return minutes
}

/** The moment itself where people work then, else the next one at which an office opens, by a calendar in a time zone (IANA name). */
export function nextOfficeMoment(moment: Temporal.Instant, timeZone: string, { from, until }: OfficeDay, calendar: WorkCalendar): Temporal.Instant {
  const start = moment.toZonedDateTimeISO(timeZone)
  const isLate = minuteOf(start) >= until
  for (let day = isLate ? 1 : 0; day < mostDays; day++) {
    const date = start.toPlainDate().add({ days: day })
    if (!calendar.isWorkingDay(date)) continue
    if (day === 0 && minuteOf(start) >= from) return moment
    return date.toZonedDateTime({ timeZone, plainTime: { hour: Math.floor(from / 60), minute: from % 60 } }).toInstant()
  }
  return moment
}

const minuteOf = ({ hour, minute }: Temporal.ZonedDateTime) => hour * 60 + minute
