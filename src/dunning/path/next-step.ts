import type { WorkflowStep } from '../workflows-kind.ts'
import type { DayNumber } from './day-number.ts'
import type { DayTable } from './day-table.ts'

/** Where an item stands on its path. `step`: what comes next; `shift`: days by which the path is moved; `lastOn`: when a step was last taken. */
export type Position = { step: number; shift: number; lastOn: DayNumber | null }

/** What the next step depends on beside the position. Days before which nothing may happen are the first ones allowed. */
export type ItemFacts = {
  dueOn: DayNumber
  today: DayNumber
  calendar: DayTable
  /** The first day after a hold; `Infinity` for one without an end. */
  heldBefore: DayNumber | null
  /** The day after the one on which the debtor usually pays. */
  patientBefore: DayNumber | null
  /** The day on which somebody who takes mail is back, and how many days past its own a mail waits for it. */
  absence: { backOn: DayNumber; days: number } | null
  /** The first day on which the law lets a step happen; `Infinity` where it never does. */
  legalFrom: (step: number) => DayNumber | null
  /** Whether the debtor fits the conditions of a step. */
  fits: (step: number) => boolean
  /** The step that a branch leads to now; nothing when none does. */
  branch: number | undefined
}

type Waiting = 'held' | 'patience' | 'legal_wait' | 'absence'

/** `due`: the step is to be taken today. `waits`: on that day, by now; `for`: what it waits for beside its own day. */
export type NextStep =
  | { kind: 'due'; position: Position }
  | { kind: 'waits'; position: Position; on: DayNumber | null; for: Waiting | undefined }
  | { kind: 'through'; position: Position }

/**
 * What comes next for an item: pure, and the same however often it is asked on a day.
 *
 * A step falls on its day of the path, moved to a day on which both the debtor's country and we work. Two steps never fall on one day. What
 * kept a step past its day (a hold, a late start) moves the rest of the path by as much, so that steps keep their distance. A step whose
 * conditions the debtor does not fit on its day is left out. A branch goes ahead to its step at once, never back.
 */
export function nextStep(steps: readonly WorkflowStep[], position: Position, facts: ItemFacts): NextStep {
  let at = branchOff(steps, position, facts)
  for (;;) {
    const step = steps[at.step]
    if (!step) return { kind: 'through', position: at }
    const { today, calendar, heldBefore } = facts
    const planned = plannedOn(steps, at, facts)
    const waiting = waitOf(step, planned, facts, facts.legalFrom(at.step))
    const on = waiting ? calendar.rollOn(waiting.until) : planned
    if (heldBefore !== null && heldBefore > on) {
      const after = heldBefore === Infinity ? null : calendar.rollOn(heldBefore)
      return { kind: 'waits', position: at, on: after, for: 'held' }
    }
    if (on > today) return { kind: 'waits', position: at, on: on === Infinity ? null : on, for: waiting?.for }
    if (!calendar.isWorking(today)) return { kind: 'waits', position: at, on: calendar.rollOn(today), for: undefined }
    if (!facts.fits(at.step)) {
      at = { ...at, step: at.step + 1 }
      continue
    }
    // Whatever made it late has ended: the rest of the path keeps its distance from today.
    const late = today - (waiting?.for === 'absence' ? planned : on)
    return { kind: 'due', position: { ...at, shift: at.shift + Math.max(0, late) } }
  }
}

/** The day of the next step by the path alone. */
function plannedOn(steps: readonly WorkflowStep[], position: Position, facts: Pick<ItemFacts, 'dueOn' | 'calendar'>): DayNumber {
  const on = facts.calendar.rollOn(pathDay(steps, position, facts))
  return position.lastOn !== null && on <= position.lastOn ? facts.calendar.rollOn(position.lastOn + 1) : on
}

/** The day that the path gives to the next step, whoever works on it. */
function pathDay(steps: readonly WorkflowStep[], { step: index, shift, lastOn }: Position, facts: Pick<ItemFacts, 'dueOn' | 'calendar'>): DayNumber {
  const step = steps[index]
  if (!step) return facts.dueOn
  const { days, from, working } = step.after
  const add = (day: DayNumber) => (working ? facts.calendar.plusWorking(day, days) : day + days)
  if (from === 'due_date') return add(facts.dueOn) + shift
  if (lastOn !== null) return add(lastOn)
  // Nothing was taken yet: what comes before it was left out, and its day is counted from theirs.
  return add(index === 0 ? facts.dueOn + shift : pathDay(steps, { step: index - 1, shift, lastOn }, facts))
}

type Wait = { until: DayNumber; for: Waiting }

/** Until when a step waits beyond its day: for what the law gives the debtor, or, where it notices the step, for what we do; the longest. */
function waitOf(step: WorkflowStep, planned: DayNumber, { patientBefore, absence }: ItemFacts, legal: DayNumber | null): Wait | undefined {
  const away = step.type === 'email' && absence ? Math.min(absence.backOn, planned + absence.days) : null
  const [patient, back] = isOutside(step) ? [patientBefore, away] : [null, null]
  let longest: Wait | undefined
  for (const [until, why] of [
    [legal, 'legal_wait'],
    [patient, 'patience'],
    [back, 'absence'],
  ] as const)
    if (until !== null && until > (longest?.until ?? planned)) longest = { until, for: why }
  return longest
}

function branchOff(steps: readonly WorkflowStep[], position: Position, facts: ItemFacts): Position {
  const { branch, today } = facts
  if (branch === undefined || branch <= position.step) return position
  const there = { ...position, step: branch }
  // Counted from now on, however early that is; a step that counts from the one before it has no day of the path.
  return { ...there, shift: there.shift + Math.min(0, today - pathDay(steps, there, facts)) }
}

/** Whether the debtor notices a step. */
export const isOutside = ({ type, audience }: Pick<WorkflowStep, 'type' | 'audience'>): boolean =>
  audience === 'external' && (type === 'email' || type === 'letter' || type === 'sms' || type === 'call')

/**
 * Where an item goes on when it changes to another path: at the first step behind the day that it has reached, counted from its due date. One
 * that no step was taken for begins anew.
 */
export function positionOn(steps: readonly WorkflowStep[], before: Position, facts: Pick<ItemFacts, 'dueOn' | 'calendar'>): Position {
  if (before.lastOn === null) return { step: 0, shift: 0, lastOn: null }
  const reached = before.lastOn
  const index = steps.findIndex((_, step) => pathDay(steps, { step, shift: before.shift, lastOn: null }, facts) > reached)
  return { step: index === -1 ? steps.length : index, shift: before.shift, lastOn: before.lastOn }
}
