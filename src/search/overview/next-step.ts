import type { Temporal } from 'temporal-polyfill'
import type { TaskSubject } from '#ledger'
import type { DueItems } from './due-items.ts'
import type { WaitingWork } from './waiting-work.ts'

/** What is to be done about a debtor now and on what facts, or why nothing is. */
export type NextStep =
  | { kind: 'decide'; proposalId: number; since: Date }
  /** What waits for a decision without a mail, such as a reminder; `what`: its kind. */
  | { kind: 'entry'; entryId: number; what: string; since: Date }
  /** A call that a workflow asks for. */
  | { kind: 'call'; on: Temporal.PlainDate }
  | ({ kind: 'task'; dueOn: Temporal.PlainDate | null } & TaskSubject)
  | { kind: 'answer_dispute'; reason: string; answerDue: Temporal.PlainDate | null; invoices: string[] }
  /** The promised day is past and the promise is not kept. */
  | { kind: 'ask_about_promise'; promisedOn: Temporal.PlainDate; invoices: string[] }
  /** Items are overdue, and no contact can be written to. */
  | { kind: 'find_contact' }
  /** Items are overdue, and their workflow goes on by itself on that day. */
  | { kind: 'planned'; on: Temporal.PlainDate }
  /** Items are overdue, and nothing stands against asking for them. */
  | { kind: 'chase'; items: number; daysOverdue: number }
  | { kind: 'wait'; reason: string; until: Temporal.PlainDate | null }
  | { kind: 'nothing_due'; nextDue: Temporal.PlainDate }
  | { kind: 'nothing_open' }

/** What the step is read from; lists in the order in which they count. */
export type Situation = WaitingWork & {
  proposals: readonly { id: number; status: string; createdAt: Date; snoozedUntil: Temporal.PlainDate | null }[]
  tasks: readonly (TaskSubject & { dueOn: Temporal.PlainDate | null })[]
  disputes: readonly { reason: string; answerDue: Temporal.PlainDate | null; invoices: string[] }[]
  promises: readonly { status: string; promisedOn: Temporal.PlainDate | null; passed: boolean; invoices: string[] }[]
  holds: readonly { reason: string; until: Temporal.PlainDate | null; invoice: string | null }[]
  contacts: readonly { email: string | null; emailStatus: string; verified: boolean }[]
  items: DueItems
}

/** The one next step: what waits for a person comes first, then what the debtor owes an answer to, then waiting, then asking. Pure. */
export function nextStep(situation: Situation): NextStep {
  const { proposals, entry, call, tasks, disputes, promises, holds } = situation
  const waiting = proposals.find(({ status }) => status !== 'snoozed')
  if (waiting) return { kind: 'decide', proposalId: waiting.id, since: waiting.createdAt }
  if (entry) return { kind: 'entry', entryId: entry.id, what: entry.what, since: entry.since }
  if (call) return { kind: 'call', on: call.on }
  const [task] = tasks
  if (task) return { kind: 'task', ...task }
  const [dispute] = disputes
  if (dispute) return { kind: 'answer_dispute', ...dispute }
  const broken = promises.find(({ passed }) => passed)
  if (broken?.promisedOn) return { kind: 'ask_about_promise', promisedOn: broken.promisedOn, invoices: broken.invoices }
  const wholeHold = holds.find(({ invoice }) => invoice === null)
  if (wholeHold) return { kind: 'wait', reason: wholeHold.reason, until: wholeHold.until }
  // A promise for some items leaves the others to be asked for.
  const promised = promises.find(({ status, invoices }) => status === 'open' && (invoices.length === 0 || situation.items.free === 0))
  if (promised) return { kind: 'wait', reason: 'promise', until: promised.promisedOn }
  const snoozed = proposals.find(({ status }) => status === 'snoozed')
  if (snoozed) return { kind: 'wait', reason: 'snoozed', until: snoozed.snoozedUntil }
  return stepForItems(situation)
}

function stepForItems({ holds, contacts, items, planned }: Situation): NextStep {
  const [hold] = holds
  if (items.overdue > 0 && items.free === 0 && hold) return { kind: 'wait', reason: hold.reason, until: hold.until }
  if (items.free > 0) {
    const isReachable = contacts.some(({ email, emailStatus, verified }) => email !== null && verified && emailStatus !== 'bounced')
    if (isReachable && planned) return { kind: 'planned', on: planned }
    return isReachable ? { kind: 'chase', items: items.free, daysOverdue: items.oldestFreeDays } : { kind: 'find_contact' }
  }
  return items.nextDue ? { kind: 'nothing_due', nextDue: items.nextDue } : { kind: 'nothing_open' }
}
