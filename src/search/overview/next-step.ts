import type { Temporal } from 'temporal-polyfill'
import type { TaskSubject } from '#ledger'

/** A step of a workflow as its settings call it. */
export type StepNamed = { name: string; title?: string }

/** What is to be done about a debtor now and on what facts, or why nothing is. */
export type NextStep =
  | { kind: 'decide'; proposalId: number; since: Date }
  /** What waits for a decision without a mail, such as a reminder; `what`: its kind. */
  | { kind: 'entry'; entryId: number; what: string; since: Date }
  /** A call that a workflow asks for. */
  | { kind: 'call'; on: Temporal.PlainDate }
  | ({ kind: 'task'; dueOn: Temporal.PlainDate | null } & TaskSubject)
  | { kind: 'answer_dispute'; reason: string; answerDue: Temporal.PlainDate | null }
  /** The promised day is past and the promise is not kept. */
  | { kind: 'ask_about_promise'; promisedOn: Temporal.PlainDate }
  /** Items are overdue, and no contact can be written to. */
  | { kind: 'find_contact' }
  /** A step is being taken; `following`: the one of its workflow that comes after it, null: it is the last. */
  | { kind: 'under_way'; step: StepNamed; following: StepNamed | null }
  /** Items are overdue, and their workflow goes on by itself on that day. */
  | { kind: 'planned'; on: Temporal.PlainDate; step: StepNamed }
  /** Items are overdue, and nothing stands against asking for them. */
  | { kind: 'chase'; items: number; daysOverdue: number }
  | { kind: 'wait'; reason: string; until: Temporal.PlainDate | null }
  | { kind: 'nothing_due'; nextDue: Temporal.PlainDate }
  | { kind: 'nothing_open' }

type Held = { reason: string; until: Temporal.PlainDate | null }

/** What the step is read from: of each kind that which counts first. */
export type Situation = {
  /** The oldest ones that wait for a decision. */
  proposal?: { id: number; since: Date }
  entry?: { id: number; what: string; since: Date }
  /** A call that is open, and the day from which it is due. */
  call?: { on: Temporal.PlainDate }
  task?: TaskSubject & { dueOn: Temporal.PlainDate | null }
  dispute?: { reason: string; answerDue: Temporal.PlainDate | null }
  latePromise?: { promisedOn: Temporal.PlainDate }
  /** Holds the whole debtor. */
  hold?: Held
  /** One for everything, or for all that is overdue: one for some items leaves the others to be asked for. */
  promise?: { until: Temporal.PlainDate | null }
  snoozed?: { until: Temporal.PlainDate | null }
  itemHold?: Held
  underWay?: { step: StepNamed; following: StepNamed | null }
  planned?: { on: Temporal.PlainDate; step: StepNamed }
  /** Whether a contact can be written to. */
  isReachable: boolean
  /** The overdue invoices, those of them that neither a hold nor a promise of their own keeps from being asked for, and the next due day. */
  items: { overdue: number; free: number; oldestFreeDays: number; nextDue: Temporal.PlainDate | null }
}

/** The one next step: what waits for a person comes first, then what the debtor owes an answer to, then waiting, then asking. Pure. */
export function nextStep(situation: Situation): NextStep {
  const { proposal, entry, call, task, dispute, latePromise, hold, promise, snoozed } = situation
  if (proposal) return { kind: 'decide', proposalId: proposal.id, since: proposal.since }
  if (entry) return { kind: 'entry', entryId: entry.id, what: entry.what, since: entry.since }
  if (call) return { kind: 'call', on: call.on }
  if (task) return { kind: 'task', ...task }
  if (dispute) return { kind: 'answer_dispute', ...dispute }
  if (latePromise) return { kind: 'ask_about_promise', ...latePromise }
  if (hold) return { kind: 'wait', ...hold }
  if (promise) return { kind: 'wait', reason: 'promise', until: promise.until }
  if (snoozed) return { kind: 'wait', reason: 'snoozed', until: snoozed.until }
  return stepForItems(situation)
}

function stepForItems({ itemHold, isReachable, items, underWay, planned }: Situation): NextStep {
  if (items.overdue > 0 && items.free === 0 && itemHold) return { kind: 'wait', ...itemHold }
  if (underWay) return { kind: 'under_way', ...underWay }
  if (items.free > 0) {
    if (!isReachable) return { kind: 'find_contact' }
    return planned ? { kind: 'planned', ...planned } : { kind: 'chase', items: items.free, daysOverdue: items.oldestFreeDays }
  }
  return items.nextDue ? { kind: 'nothing_due', nextDue: items.nextDue } : { kind: 'nothing_open' }
}
