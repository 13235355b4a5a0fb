import type { WorkCalendar } from '#ledger'
import { type DayNumber, plainDateOf } from './day-number.ts'

/** A calendar by numbers of days, which remembers what it was asked. */
export type DayTable = {
  isWorking: (day: DayNumber) => boolean
  /** The day itself if people work on it, else the next one on which they do. */
  rollOn: (day: DayNumber) => DayNumber
  /** The day that many working days after a day, which is not counted; before it when the number is below zero. */
  plusWorking: (day: DayNumber, count: number) => DayNumber
}

const longestSearch = 3_660 // days; a calendar that is closed for ten years on end is a mistake, not an endless loop

/** A table of a calendar. */
export function createDayTable(calendar: WorkCalendar): DayTable {
  const known = new Map<DayNumber, boolean>()

  function isWorking(day: DayNumber): boolean {
    const found = known.get(day)
    if (found !== undefined) return found
    const works = calendar.isWorkingDay(plainDateOf(day))
    known.set(day, works)
    return works
  }

  function rollOn(day: DayNumber): DayNumber {
    for (let at = day; at < day + longestSearch; at++) if (isWorking(at)) return at
    return day
  }

  function plusWorking(day: DayNumber, count: number): DayNumber {
    const direction = Math.sign(count)
    let [at, left] = [day, Math.abs(count)]
    for (let searched = 0; left > 0 && searched < longestSearch; searched++) {
      at += direction
      if (isWorking(at)) left -= 1
    }
    return at
  }

  return { isWorking, rollOn, plusWorking }
}
