import type { Temporal } from 'temporal-polyfill'
import { type Calendars, calendarOf } from '#ledger'
import { createDayTable, type DayTable } from '../path/day-table.ts'

// Terms of the law run by the law's own days, whatever the settings say about when somebody works.

type Weekday = Calendars[string]['workingDays'][number]

/** Belgian working days. */
export const belgianDays = once(() => createDayTable(calendarOf({}, { code: '', country: 'BE' })))

/** The days on which a Dutch letter counts as delivered: not on Sundays, Mondays and holidays (Hoge Raad 25 November 2016). */
export const dutchPostDays = once(() => dutchTable(['tuesday', 'wednesday', 'thursday', 'friday', 'saturday']))

/** The days on which a Dutch legal term can end: it lasts over a Saturday, a Sunday or a holiday (Algemene termijnenwet, art. 1). */
export const dutchTermDays = once(() => dutchTable(['monday', 'tuesday', 'wednesday', 'thursday', 'friday']))

/** Without the holidays of the Algemene termijnenwet, art. 3: it has Good Friday and the fifth of May beside the days off. */
function dutchTable(workingDays: Weekday[]): DayTable {
  const dutch = (days: Weekday[], closed: string[]) =>
    calendarOf({ law: { country: 'NL', publicHolidays: true, workingDays: days, closed, open: [], administrations: [] } }, { code: '', country: 'NL' })
  const [days, sundays] = [dutch(workingDays, ['05-05']), dutch(['sunday'], [])]
  // In March and April the only Sunday that is a holiday is Easter: a King's Day on a Sunday is the Saturday before.
  const isGoodFriday = (day: Temporal.PlainDate) => day.dayOfWeek === 5 && (day.month === 3 || day.month === 4) && !sundays.isWorkingDay(day.add({ days: 2 }))
  return createDayTable({ isWorkingDay: day => days.isWorkingDay(day) && !isGoodFriday(day) })
}

/** Made when it is first asked for: the list of a country's holidays takes a while to work out. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
