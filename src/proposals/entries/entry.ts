import { z } from 'zod'
import { disputeReasons } from '#triage'

// What a colleague enters about a debtor without a mail: they heard it on the phone, or decided it themselves.

const isoDay = z.iso.date()
const amount = z.string().regex(/^\d+(\.\d+)?$/)
/** Empty: the debtor as a whole. */
const invoiceIds = z.array(z.int())

/** Days are ISO, amounts decimal strings in `currency`. */
export const entryContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('promise'), promisedOn: isoDay, amount: amount.optional(), currency: z.string().optional(), invoiceIds }),
  z.object({ kind: z.literal('dispute'), reason: z.enum(disputeReasons), text: z.string(), invoiceIds }),
  z.object({ kind: z.literal('hold'), until: isoDay, invoiceIds }),
])
export type EntryContent = z.infer<typeof entryContentSchema>
export type EntryKind = EntryContent['kind']

/** `formKey`: of the form that it was filled in on, which may be sent twice. `invoiceNumbers` as printed; without any it is about all that is open. */
export type EntryRequest = { debtorId: number; staffId: number; surface: string; formKey: string; invoiceNumbers: string[]; content: EntryContent }

export type EntryVote = { entryId: number; staffId: number; surface: string; kind: 'second_vote' | 'withdraw' | 'undo' }

/** `awaiting_second`: it counts as the first of two votes, and nothing is done yet. */
export type EntryStatus = 'awaiting_second' | 'done' | 'withdrawn' | 'undone'

export type EntryProblem = { code: 'unknown_invoices'; numbers: string[] } | { code: 'nothing_open' | 'day_is_over' | 'amount' }

export type EntryOutcome =
  | { kind: 'entered'; entryId: number; status: EntryStatus }
  | { kind: 'invalid'; problem: EntryProblem }
  /** It stands otherwise by now: somebody else decided, or what it made has changed since. */
  | { kind: 'changed' }
  | { kind: 'not_allowed'; why: 'no_right' | 'own_first_vote' | 'not_staff' }
  | { kind: 'not_found' }

export type EntryView = {
  id: number
  debtor: { id: number; number: string; name: string }
  content: EntryContent
  /** As printed; empty: the debtor as a whole. */
  invoices: string[]
  status: EntryStatus
  by: string
  byId: number
  at: Date
  /** Who gave the second vote, withdrew or undid it. */
  decidedBy: string | null
  decidedAt: Date | null
}

/** The actions that it comes to, as settings name them for second votes. */
export const actionKinds = {
  promise: ['register_promise'],
  dispute: ['open_dispute', 'place_hold'],
  hold: ['place_hold'],
} as const satisfies Record<EntryKind, readonly string[]>
