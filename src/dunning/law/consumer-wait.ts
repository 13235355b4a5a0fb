import type { DayNumber } from '../path/day-number.ts'
import type { DayTable } from '../path/day-table.ts'
import type { WorkflowStep } from '../workflows-kind.ts'

/** What a debtor was told in writing so far, and by which type of step. */
export type Told = { remindedOn: DayNumber | null; remindedBy: string | null; announcedOn: DayNumber | null; announcedBy: string | null }

const term = 14 // calendar days, in both laws

/**
 * The first day on which the law lets a consumer's next step happen; null where it does not hold it back.
 *
 * Belgium: Code of Economic Law, book XIX (law of 4 May 2023): after the first reminder, which is free, fourteen calendar days pass, from the
 * third working day after a letter was posted, or the day after an e-mail. Netherlands: art. 6:96 BW, paragraph 6: costs are due only
 * fourteen days after the day that follows the delivery of the notice that names them.
 */
export function consumerWait(country: string, step: Pick<WorkflowStep, 'type' | 'charges'>, told: Told, calendar: DayTable): DayNumber | null {
  if (country === 'BE' && told.remindedOn !== null) return startInBelgium(told.remindedOn, told.remindedBy, calendar) + term
  const costs = step.charges === 'claim' || step.type === 'hand_over'
  if (country === 'NL' && costs && told.announcedOn !== null) return deliveredInNetherlands(told.announcedOn, told.announcedBy, calendar) + 1 + term
  return null
}

/** The first of the fourteen days. */
const startInBelgium = (on: DayNumber, by: string | null, calendar: DayTable): DayNumber => (by === 'letter' ? calendar.plusWorking(on, 3) : on + 1)

/** A letter counts as delivered on the second day after it was posted; Sundays, Mondays and holidays are not days of delivery. */
function deliveredInNetherlands(on: DayNumber, by: string | null, calendar: DayTable): DayNumber {
  if (by !== 'letter') return on
  let [at, left] = [on, 2]
  while (left > 0) {
    at += 1
    if (isDelivered(at, calendar)) left -= 1
  }
  return at
}

/** 1 January 1970 was a Thursday. */
const weekday = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7
const isDelivered = (day: DayNumber, calendar: DayTable): boolean => {
  const [monday, saturday, sunday] = [weekday(day) === 0, weekday(day) === 5, weekday(day) === 6]
  return !monday && !sunday && (saturday || calendar.isWorking(day))
}
