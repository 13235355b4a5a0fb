import type { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { Money, WorkCalendar } from '#ledger'
import type { DecidedKind } from '#people'
import type { Db, Prisma } from '#platform'
import type { ProposalRules, ProposalsDeps } from '../../deps.ts'
import type { EntryProblem } from '../entry.ts'

export type EntryDebtor = Prisma.DebtorGetPayload<{ include: { administration: true } }>

/** What a kind works with, inside the transaction of the decision. `today`, `calendar`: the administration's. */
export type EntryWork = {
  tx: Db
  debtor: EntryDebtor
  today: Temporal.PlainDate
  now: Temporal.Instant
  calendar: WorkCalendar
  rules: ProposalRules
  /** From when on a mail of it may leave; `automatic`: no person decided it. */
  leaves: { at: Temporal.Instant; automatic: boolean }
  /** For mails of ours: when they leave, and how old the ledger may be that they tell amounts from. */
  deps: Pick<ProposalsDeps, 'clock' | 'queue' | 'config' | 'payLinks'>
}

/**
 * Where the mail of an entry leaves from, what it answers, and to whom. `amounts`: the figures of the ledger that it was drafted with. `chases`: it
 * asks for money, so that whatever the debtor writes meanwhile stops it.
 */
export type EntryMail = { mailboxId: number; answers: number | null; threadId: number | null; to: string[]; amounts?: string[]; chases: boolean }

/** What leaves otherwise than by mail: to whom, and what it tells of the ledger, as those of a mail. */
export type EntryDispatch = Pick<EntryMail, 'to' | 'amounts' | 'chases'> & { threadId: null }

export type EntryEnd = 'rejected' | 'withdrawn' | 'undone' | 'superseded'

export type EntryRight = 'decide' | 'decide_risk'

/** One kind of entry: everything that the way from opening to undo asks of it. */
export type EntryRules<Content> = {
  schema: z.ZodType<Content>
  /** What deciding on it takes. */
  right: EntryRight
  /** The actions that it comes to, as settings name them for second votes. */
  actionKinds: readonly DecidedKind[]
  /** A debtor has one of it that waits: a newer one takes its place. */
  isOnly: boolean
  /**
   * The content as things stand now, with what is looked up filled in, or what is wrong with it. Asked when it is entered or opened, and
   * again before it is approved: where it says something else by then, its card is drawn anew instead. `invoiceNumbers`: as typed.
   */
  prepare: (work: EntryWork, content: Content, invoiceNumbers: string[]) => Promise<Content | EntryProblem>
  /** What is at stake; undefined: the open amount of the invoices it names, or of all. */
  stake?: (content: Content) => Money[] | undefined
  /** The mail that it sends; null: it sends none. Of a kind with one, `prepare` is asked once more before it leaves (why-not-leave.ts). */
  mailOf?: (content: Content) => EntryMail | null
  /** What it sends otherwise than by mail; null: nothing. `prepare` is asked once more before it leaves, too. */
  dispatchOf?: (content: Content) => EntryDispatch | null
  /** Does it, and returns what it made, for `takeBack`. */
  carryOut: (work: EntryWork, content: Content, by: { entryId: number; staffId: number }) => Promise<Prisma.InputJsonObject>
  /** Takes back what it made; false when that has changed since. */
  takeBack: (work: EntryWork, result: unknown) => Promise<boolean>
  /** What follows when it ends without being done: turned down, withdrawn, taken back or superseded. */
  ended?: (work: EntryWork, content: Content, how: EntryEnd) => Promise<void>
  /** What follows when one that was turned down is opened again; false where that cannot be any more. */
  reopened?: (work: EntryWork, content: Content) => Promise<boolean>
  /** Its prose, of which only a hash enters the audit's chain. */
  prose?: (content: Content) => Prisma.InputJsonObject
}
