import { z } from 'zod'
import { tones } from '#ledger'
import type { BouncedRecipient, DebtorLink } from '#mail'
import type { NextStep } from '#search'
import type { Evidence, Quarantine, Reading } from '#triage'
import type { ActionKind, ActionPayload, PlannedAction } from './action.ts'
import type { AutonomyView, LearnedView } from './autonomy/view-autonomy.ts'
import type { PhoneOnFile } from './phones-on-file.ts'
import type { Problem } from './problem.ts'

export const proposalStatuses = ['open', 'awaiting_second', 'approved', 'rejected', 'snoozed', 'superseded', 'expired', 'filed'] as const
export type ProposalStatus = (typeof proposalStatuses)[number]

export const actionStatuses = ['pending', 'scheduled', 'claimed', 'done', 'failed', 'unknown', 'skipped', 'undone'] as const
export type ActionStatus = (typeof actionStatuses)[number]

/** Why a person must look where nothing, or not enough, can be proposed. */
export const personReasons = ['unlinked', 'ambiguous', 'unreadable', 'unclear', 'quarantine'] as const
export type PersonReason = (typeof personReasons)[number]

/**
 * What a card should warn of: ledger figures left out, copies not found, numbers that are no invoice of the debtor, nobody to
 * answer to, an addressee who is no contact yet, an approved reply of the same conversation that has not left yet, mail
 * that is held back since a restore. */
export const warningKinds = [
  'stale_ledger',
  'copies_missing',
  'unknown_invoices',
  'no_recipient',
  'unverified_recipient',
  'reply_to_ignored',
  'reply_waiting',
  'mail_held',
  'engines_disagree',
] as const
export const warningSchema = z.object({ kind: z.enum(warningKinds), detail: z.string() })
export type Warning = z.infer<typeof warningSchema>

/** One message and everything that is known of it when its proposal is planned; plain values, so that a replay plans like live. */
export type ProposalInput = {
  messageId: number
  mailboxId: number
  threadId: number | null
  link: DebtorLink
  message: {
    subject: string
    from: { address: string; name: string } | undefined
    replyTo: string[]
    to: string[]
    cc: string[]
    receivedAt: Date
    internetMessageId: string | null
    references: string[]
    replyText: string
    attachments: { fileName: string | null; contentType: string; size: number; hash: string | null }[]
    /** Why the source could not be read fully, when it could not. */
    parseProblem?: string | null
  }
  reading: Reading
  bounced: BouncedRecipient[]
}

/** One part of a reply: a template and what its slots hold. */
export type ReplySection = { template: string; slots: Record<string, unknown> }

/** The debtor's invoices that a proposal is about; `all`: whatever the debtor owes. */
export type Touched = 'all' | number[]

/** What a reading comes to, before anything is stored. */
export type Plan = {
  debtorId: number | null
  language: string
  needsPerson: PersonReason | null
  warnings: Warning[]
  /** In the order in which they are to be done; replies last. */
  actions: PlannedAction[]
  sections: ReplySection[]
  /** What dunning leaves alone until it is decided. */
  touched: Touched
  /** Intents and action kinds in English, for logs. */
  summary: string
}

/** Where a decision came from: `console`, `mail`, `cli` or the name of a chat platform. */
export type Surface = string

/** Changes to one action; which fields count depends on its kind. Dates are ISO days, amounts decimal strings. */
export const actionEditSchema = z.object({
  actionId: z.int(),
  subject: z.string().trim().min(1).max(300).optional(),
  text: z.string().max(50_000).optional(),
  tone: z.enum(tones).optional(),
  to: z.array(z.email()).min(1).optional(),
  cc: z.array(z.email()).optional(),
  promisedOn: z.iso.date().optional(),
  instalments: z.array(z.object({ dueOn: z.iso.date(), amount: z.string().regex(/^\d+(\.\d+)?$/) })).optional(),
  amount: z.string().optional(),
  /** Numbers of invoices of the debtor, as printed. */
  invoiceNumbers: z.array(z.string()).optional(),
  disputeReason: z.string().optional(),
  poNumber: z.string().optional(),
  until: z.iso.date().optional(),
  contact: z.object({ name: z.string(), email: z.string(), phone: z.string(), address: z.string() }).partial().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  dueOn: z.iso.date().optional(),
})
export type ActionEdit = z.infer<typeof actionEditSchema>

/**
 * A decision as a surface hands it in. `ticked`: ids of the actions to run; when left out, those that stand ticked. `version`: of what the
 * person saw, nothing else is approved; when left out, whatever stands. `bulk`: approved together with others, and only if this vote alone
 * decides it.
 */
export type DecisionRequest = { proposalId: number; staffId: number; surface: Surface } & (
  | { kind: 'approve'; ticked?: number[]; edits?: ActionEdit[]; version?: string; bulk?: number }
  /** The vote that a first one waits for: on what that one approved, as it stands. */
  | { kind: 'second_vote'; version?: string }
  | { kind: 'edit'; edits: ActionEdit[]; ticked?: number[] }
  | { kind: 'reject'; reason: string }
  | { kind: 'snooze'; until: Date }
  | { kind: 'reassign'; ownerId: number }
  | { kind: 'link'; debtorId: number }
  | { kind: 'undo' }
)
export type DecisionKind = DecisionRequest['kind']

export type DecisionOutcome =
  | { kind: 'decided'; status: ProposalStatus; undoUntil: Date | null }
  | { kind: 'already_decided'; status: ProposalStatus; by: string; at: Date | null }
  | { kind: 'not_allowed'; why: 'no_right' | 'own_first_vote' | 'call_back_first' | 'not_staff' | 'above_limit' }
  | { kind: 'invalid'; problems: DecisionProblem[] }
  | { kind: 'not_found' }

/** What is wrong with a request, and with which of its actions. */
export type DecisionProblem = Problem & { actionId?: number }

export type PersonView = { id: number; name: string }
export type MoneyView = { currency: string; amount: string }
export type InvoiceView = {
  id: number
  number: string
  dueDate: string
  openAmount: string
  amount: string
  currency: string
  daysOverdue: number
  status: string
}

type ActionCommon = {
  id: number
  position: number
  /** The message that its evidence is in. */
  messageId: number
  evidence: Evidence[]
  protective: boolean
  ticked: boolean
  edited: boolean
  status: ActionStatus
  scheduledFor: Date | null
  finishedAt: Date | null
  problems: Problem[]
  /** The invoices that it touches; empty with `wholeDebtor` when it touches all. */
  invoices: InvoiceView[]
  wholeDebtor: boolean
  /** Whether `undo` works on it now. */
  undoable: boolean
  /** Its mail failed and can be sent again as it is. */
  resendable?: boolean
}
export type ActionView = { [K in ActionKind]: ActionCommon & { kind: K; payload: ActionPayload<K> } }[ActionKind]

/** `bankDataUntil`, `receivedOn`: ISO days. Amounts are decimal strings. */
export type ClaimView = {
  kind: 'matched' | 'partial' | 'not_found' | 'unknown'
  bankDataUntil: string | null
  payments: (MoneyView & { receivedOn: string; text: string | null })[]
  stillOpen: MoneyView[]
}

/** Everything that a card shows of a proposal. */
export type ProposalView = {
  id: number
  status: ProposalStatus
  needsPerson: PersonReason | null
  summary: string
  language: string
  edited: boolean
  createdAt: Date
  decidedAt: Date | null
  decidedBy: PersonView | null
  firstVoteBy: PersonView | null
  owner: PersonView | null
  /** Who does the owner's work while they are away. */
  cover: PersonView | null
  /** Where its card stands. */
  channel: string
  snoozedUntil: Date | null
  supersededBy: string | null
  /** Until when the whole decision can be undone; null when it cannot. */
  undoUntil: Date | null
  /** An action failed and no mail has left: the decision can be made anew. */
  redecidable: boolean
  /** Whether Duncan decided it alone; null for one of an older release. */
  autonomy: AutonomyView | null
  /** What people corrected before and this was proposed by. */
  learned: LearnedView[]
  intents: Reading['intents']
  facts: Reading['facts']
  disagreements: string[]
  quarantine: Quarantine[]
  /** Of a mail that is not to be trusted: the debtor's numbers on file, never those of the mail. Left out for any other. */
  callBackOn?: PhoneOnFile[]
  warnings: Warning[]
  /** What the bank's statements say to the debtor's word that it paid; null when it does not say so. */
  claim: ClaimView | null
  candidates: { debtorId: number; number: string; name: string; administration: string; reasons: string[] }[]
  /** Sum of the touched invoices in the reporting currency; null when one of them cannot be converted. */
  atStake: MoneyView | null
  debtor: {
    id: number
    number: string
    name: string
    country: string | null
    administration: { id: number; code: string; name: string; importedAt: Date | null; stale: boolean }
    open: MoneyView[]
    overdue: MoneyView[]
    openCount: number
    overdueCount: number
    pinnedNote: string | null
    linkReason: string | null
  } | null
  /** What comes next for its debtor beside it; of other mails nothing is told. */
  next?: NextStep | undefined
  message: {
    id: number
    threadId: number | null
    mailboxKey: string
    from: { address: string; name: string } | null
    to: string[]
    cc: string[]
    subject: string
    receivedAt: Date
    replyText: string
    attachments: { id: number; fileName: string | null; contentType: string; size: number; inline: boolean }[]
  }
  actions: ActionView[]
  decisions: { kind: string; by: PersonView | null; at: Date; edited: boolean; reason: string | null; surface: string; detail: unknown }[]
}
