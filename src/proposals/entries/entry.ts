import type { ConsumerFault } from '#dunning'
import type { StepAutonomy } from '../dunning/judge-step.ts'
import type { Problem } from '../problem.ts'
import type { EntryContent } from './kinds/index.ts'
import type { EntryRight } from './kinds/kind.ts'
import type { EntryWhy } from './why.ts'

// What is entered or opened about a debtor without a mail: a colleague heard it on the phone or decides it themselves, or a fact asks
// for a decision.

/** `formKey`: of the form that it was filled in on, which may be sent twice. `invoiceNumbers` as printed; without any it is about all that is open. */
export type EntryRequest = {
  debtorId: number
  staffId: number
  surface: string
  formKey: string
  invoiceNumbers: string[]
  content: EntryContent
}

/**
 * Something to be decided about a debtor. `key`: of the fact that it is opened for; a second call for one fact opens nothing. `staffId`: who
 * chose it; Duncan when left out. `quiet`: it gets no card of its own, and waits in the list.
 */
export type EntryOpening = {
  debtorId: number
  content: EntryContent
  key: string
  why: EntryWhy
  staffId?: number
  surface?: string
  quiet?: boolean
}

/** `version`: of the entry as the person saw it; another one is refused. `content`: approved with these words in the place of its own. */
export type EntryVote = { entryId: number; staffId: number; surface: string; version?: number } & (
  | { kind: 'approve'; content?: EntryContent }
  | { kind: 'reject' | 'second_vote' | 'withdraw' | 'undo' | 'wrong' }
)

/** `proposed`: it was opened, and nobody voted. `awaiting_second`: it has the first of two votes. Nothing is done before `done`. */
export type EntryStatus = 'proposed' | 'awaiting_second' | 'done' | 'rejected' | 'superseded' | 'withdrawn' | 'undone'

export type EntryProblem =
  | { code: 'unknown_invoices'; numbers: string[] }
  /** `known`: the keys that the settings have for its administration. */
  | { code: 'unknown_workflow'; workflow: string; known: string[] }
  | {
      code:
        | 'nothing_open'
        | 'day_is_over'
        | 'amount'
        | 'nothing_changes'
        | 'instalments'
        | 'currencies'
        | 'plan_exists'
        | 'stale_ledger'
        | 'day_to_come'
        | 'nothing_to_report'
    }
  /** A mail of it may not leave as it stands. */
  | { code: 'mail_refused'; problems: readonly Problem[] }
  /** Consumer law does not let it leave, or be handed over, as it stands today. */
  | { code: 'consumer_law'; faults: ConsumerFault[] }

export type EntryOutcome =
  | { kind: 'entered'; entryId: number; status: EntryStatus }
  | { kind: 'invalid'; problem: EntryProblem }
  /** It stands otherwise by now: somebody else decided, or what it is about has changed since. */
  | { kind: 'changed' }
  | { kind: 'not_allowed'; why: 'no_right' | 'own_first_vote' | 'not_staff' }
  | { kind: 'not_found' }

export type EntryView = {
  id: number
  version: number
  debtor: { id: number; number: string; name: string; administration: string }
  /** All the debtors that it is about, where there are several. */
  members: { id: number; number: string; name: string; administration: string }[]
  content: EntryContent
  /** The key of the mailbox that its mail leaves from; null without a mail. */
  mailbox: string | null
  /** What deciding on it takes. */
  right: EntryRight
  /** Whose work it is: the debtor's collector, who may decide and sees it; null: everybody's. */
  owner: { id: number; name: string } | null
  /** Null: somebody entered it. */
  why: EntryWhy | null
  /** As printed; empty: the debtor as a whole. */
  invoices: string[]
  status: EntryStatus
  /** Who entered or opened it; null: Duncan. */
  by: string | null
  /** Who may not give the second vote: who wrote it or gave the first one. */
  makers: number[]
  /** Who is told when its mail did not leave: who wrote it, of an opened one who decided it last. */
  responsible: number | null
  at: Date
  /** What colleagues pinned to its debtor, the newest. */
  pinnedNote?: string
  firstVoteBy: string | null
  /** Who gave the last vote, withdrew or undid it. */
  decidedBy: string | null
  decidedAt: Date | null
  /** Whether Duncan let it leave alone, or why a person is asked; null where it only ever asks. */
  autonomy: StepAutonomy | null
  /** What became of the mail, letter, SMS or file that it sent; left out for one that sent none. */
  mail?: { state: string; sendAfter: Date; problems: Problem[] }
}
