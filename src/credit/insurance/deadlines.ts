import type { Temporal } from 'temporal-polyfill'

/** From which day a term counts: the due date as it stands, or as it was when the item was first seen. */
export const termStarts = ['due_date', 'original_due_date'] as const
export type TermStart = (typeof termStarts)[number]

/** A term of a policy: so many calendar days after that day. */
type Term<From extends string = TermStart> = { days: number; from: From }

/** What a policy says of time; what it does not say is left out. */
export type PolicyTerms = {
  /** Until when an item may be extended without asking the insurer. */
  extension?: Term | undefined
  /** By when an overdue item must be reported. */
  report?: Term | undefined
  /** By when it must be handed over for collection. */
  handOver?: Term<TermStart | 'extension_end'> | undefined
}

/** The due date of an item as it stands, and as it was first. */
export type DueDates = { dueOn: Temporal.PlainDate; firstDueOn: Temporal.PlainDate }

/** The last days on which something may be done, by the policy's own count: calendar days, whatever day of the week that is. */
export type Deadlines = {
  extendUntil: Temporal.PlainDate | undefined
  report: Deadline | undefined
  handOver: Deadline | undefined
}
/** `since`: the day after which the item counts as overdue for it. */
export type Deadline = { since: Temporal.PlainDate; by: Temporal.PlainDate }

/** The deadlines of an item under a policy. */
export function deadlinesOf({ extension, report, handOver }: PolicyTerms, due: DueDates): Deadlines {
  const startOf = (from: TermStart) => (from === 'original_due_date' ? due.firstDueOn : due.dueOn)
  const deadline = ({ days, from }: Term): Deadline => ({ since: startOf(from), by: startOf(from).add({ days }) })
  const extendUntil = extension && deadline(extension).by
  return { extendUntil, report: report && deadline(report), handOver: handOver && handOverBy(handOver) }

  function handOverBy({ days, from }: Term<TermStart | 'extension_end'>): Deadline | undefined {
    if (from !== 'extension_end') return deadline({ days, from })
    return extendUntil && { since: extendUntil, by: extendUntil.add({ days }) }
  }
}

/** `fine`: not overdue, or there is time. `due`: within the days of warning. `done`: reported, or handed over. */
export type DeadlineState = 'fine' | 'due' | 'past' | 'done'

/** How a deadline stands on a day. `warnDays`: how many days before its last day it becomes work. */
export function stateOf({ since, by }: Deadline, { today, warnDays, isDone }: { today: Temporal.PlainDate; warnDays: number; isDone: boolean }): DeadlineState {
  if (isDone) return 'done'
  if (today.since(since).sign <= 0) return 'fine'
  const left = today.until(by, { largestUnit: 'day' }).days
  if (left < 0) return 'past'
  return left <= warnDays ? 'due' : 'fine'
}
