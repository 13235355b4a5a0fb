import { z } from 'zod'
import { disputeOutcomes } from '#ledger'

const amount = z.string()
const currency = z.string()
const money = z.object({ amount, currency })
const named = z.object({ key: z.string(), title: z.string().optional() })

/** Why an entry was opened, as facts that its card says in the reader's language. Amounts are decimal strings. */
export const entryWhySchema = z.discriminatedUnion('code', [
  /** Open items and orders are more than the bureau advises; `leftOut`: amounts that no rate converts, beside them. */
  z.object({ code: z.literal('over_advice'), exposure: amount, advice: amount, currency, leftOut: z.array(z.object({ amount, currency })) }),
  /** The bureau advises less than our own limit, which is in the same currency by the day's rate. */
  z.object({ code: z.literal('advice_below_limit'), advice: amount, limit: amount, currency }),
  /** The debtor came into another cell of the decision matrix; `title`: what the settings call its row and column. */
  z.object({ code: z.literal('matrix'), stance: z.string(), solvency: named, band: named, exposure: amount, currency }),
  /** The debtor's newest report tells what the ledger lacks, or tells otherwise. `toldOn`: ISO day. */
  z.object({ code: z.literal('bureau_report'), bureau: z.string(), toldOn: z.iso.date() }),
  /** What somebody entered goes beyond what the debtor's credit insurance allows; its content says by what. */
  z.object({ code: z.literal('beyond_insurance') }),
  /** Several debtors are one company at the bureau, or by their number. */
  z.object({ code: z.literal('one_company'), company: z.string() }),
  /** A promise was not kept, or in part. Days are ISO; `waitedUntil`: the last one on which the money would have been in time. */
  z.object({
    code: z.literal('promise_not_kept'),
    promisedOn: z.iso.date(),
    waitedUntil: z.iso.date(),
    partly: z.boolean(),
    open: z.array(money),
    record: z.object({ kept: z.int(), judged: z.int(), percent: z.int() }),
  }),
  /** A payment that the debtor told of did not come, or in part. */
  z.object({ code: z.literal('payment_not_seen'), waitedUntil: z.iso.date(), partly: z.boolean(), open: z.array(money) }),
  /** An instalment of a payment plan did not come. */
  z.object({ code: z.literal('instalment_missed'), dueOn: z.iso.date(), amount, currency, planId: z.int() }),
  /** A dispute ended, and its debtor is to hear how: what is credited, and what is to be paid by when. */
  z.object({
    code: z.literal('dispute_decided'),
    outcome: z.enum(disputeOutcomes),
    disputeId: z.int(),
    credit: money.optional(),
    due: money.optional(),
    payBy: z.iso.date().optional(),
  }),
  /** The file of copies that the debtor asked for came. */
  z.object({ code: z.literal('copy_found'), invoices: z.array(z.string()) }),
  /** Somebody of the debtor who was written to is away; `until`: their last day away, when they said so. */
  z.object({ code: z.literal('stand_in'), absent: z.string(), until: z.iso.date().nullable() }),
  /** A step of a dunning workflow is due; `daysLate`: of its oldest item. */
  z.object({ code: z.literal('dunning_step'), workflow: z.string(), step: z.string(), title: z.string().optional(), daysLate: z.int(), open: z.array(money) }),
  /** A person chose it on a credit alert. */
  z.object({ code: z.literal('alert'), alertId: z.int() }),
])
export type EntryWhy = z.infer<typeof entryWhySchema>
