import { z } from 'zod'
import { asJson } from '../../store.ts'
import { creditLimit } from './credit-limit.ts'
import { dispute } from './dispute.ts'
import { disputeMove } from './dispute-move.ts'
import { dunning } from './dunning.ts'
import { followUp } from './follow-up.ts'
import { group } from './group.ts'
import { handOver } from './hand-over.ts'
import { hold } from './hold.ts'
import { insuranceReport } from './insurance-report.ts'
import type { EntryRight, EntryRules } from './kind.ts'
import { mail } from './mail.ts'
import { masterData } from './master-data.ts'
import { paymentClaim } from './payment-claim.ts'
import { paymentPlan } from './payment-plan.ts'
import { promise } from './promise.ts'
import { workflow } from './workflow.ts'

/** Every kind of entry, once. */
const entryKinds = {
  promise,
  dispute,
  dispute_move: disputeMove,
  hold,
  payment_claim: paymentClaim,
  payment_plan: paymentPlan,
  follow_up: followUp,
  dunning,
  hand_over: handOver,
  insurance_report: insuranceReport,
  mail,
  credit_limit: creditLimit,
  workflow,
  master_data: masterData,
  group,
}

export type EntryKind = keyof typeof entryKinds

/** What an entry says. Days are ISO, amounts decimal strings in their currency. */
export const entryContentSchema = z.discriminatedUnion('kind', [
  promise.schema,
  dispute.schema,
  disputeMove.schema,
  hold.schema,
  paymentClaim.schema,
  paymentPlan.schema,
  followUp.schema,
  dunning.schema,
  handOver.schema,
  insuranceReport.schema,
  mail.schema,
  creditLimit.schema,
  workflow.schema,
  masterData.schema,
  group.schema,
])
export type EntryContent = z.infer<typeof entryContentSchema>

/** The rules of a kind, for contents of that kind alone. */
export const rulesOf = (kind: EntryKind): EntryRules<EntryContent> => entryKinds[kind] as unknown as EntryRules<EntryContent>

/** The kinds that somebody with some of the rights may decide on. */
export const kindsOf = (isAllowed: (right: EntryRight) => boolean): EntryKind[] =>
  (Object.keys(entryKinds) as EntryKind[]).filter(kind => isAllowed(entryKinds[kind].right))

/** The mailbox that its mail leaves from: it is for who sees that mailbox; null without a mail. */
export const mailboxIdOf = (content: EntryContent): number | null => rulesOf(content.kind).mailOf?.(content)?.mailboxId ?? null

/** What an entry stores of what it says. */
export const stored = (content: EntryContent) => ({ payload: asJson(content), mailboxId: mailboxIdOf(content) })

/** The debtors that an entry is about beside its own: it is for who sees all of them. */
export const debtorIdsOf = (content: EntryContent): number[] => ('debtorIds' in content ? (content.debtorIds ?? []) : [])

/** The invoices that an entry names; empty: the debtor as a whole. */
export const invoiceIdsOf = (content: EntryContent): number[] => ('invoiceIds' in content ? content.invoiceIds : [])
