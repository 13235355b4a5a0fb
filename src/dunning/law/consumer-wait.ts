import type { DayNumber } from '../path/day-number.ts'
import { isOutside } from '../path/next-step.ts'
import type { WorkflowStep } from '../workflows-kind.ts'
import { belgianDays, dutchPostDays, dutchTermDays } from './legal-days.ts'

/** What a debtor was told in writing so far, and by which type of step. */
export type Told = { remindedOn: DayNumber | null; remindedBy: string | null; announcedOn: DayNumber | null; announcedBy: string | null }

const term = 14 // calendar days, in both laws

/**
 * The first day on which the law lets a consumer's next step happen; null where it does not hold it back, `Infinity` where it never may, as
 * what must come before it was not sent.
 *
 * Belgium: Code of Economic Law, book XIX (law of 4 May 2023): the first reminder is free, and after it fourteen calendar days pass before
 * anything else reaches the debtor. Netherlands: art. 6:96 BW, paragraph 6: costs are due only fourteen days after the day that follows the
 * delivery of the notice that names them.
 */
export function consumerWait(country: string, step: Pick<WorkflowStep, 'type' | 'audience' | 'charges'>, told: Told): DayNumber | null {
  const asksForCosts = step.charges === 'claim' || step.type === 'hand_over'
  if (country === 'BE' && (asksForCosts || isOutside(step))) {
    if (told.remindedOn === null) return asksForCosts ? Infinity : null
    return startInBelgium(told.remindedOn, told.remindedBy) + term
  }
  if (country === 'NL' && asksForCosts) {
    if (told.announcedOn === null) return Infinity
    return dutchTermDays().rollOn(deliveredInNetherlands(told.announcedOn, told.announcedBy) + term) + 1
  }
  return null
}

/** The first of the fourteen days: the third working day after a letter was sent, or the day after an e-mail. */
const startInBelgium = (on: DayNumber, by: string | null): DayNumber => (by === 'letter' ? belgianDays().plusWorking(on, 3) : on + 1)

/** A letter counts as delivered on the second day of delivery after it was posted. */
const deliveredInNetherlands = (on: DayNumber, by: string | null): DayNumber => (by === 'letter' ? dutchPostDays().plusWorking(on, 2) : on)
