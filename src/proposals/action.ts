import { z } from 'zod'
import { policyWarningSchema } from '#credit'
import { taskAboutSchema, tones } from '#ledger'
import { evidenceSchema } from '#triage'

// What Duncan can propose to do: one kind of action, one payload. Every kind has a file in actions/ that carries it out.

const isoDay = z.iso.date()
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const invoiceIds = z.array(z.int())

/** A file that goes out with a reply, from the blob store; `invoiceId` says whose invoice it is. */
export const attachmentSchema = z.object({ fileName: z.string(), contentType: z.string(), hash: z.string(), invoiceId: z.int().optional() })

const mail = {
  to: z.array(z.email()).min(1),
  cc: z.array(z.email()).default([]),
  subject: z.string(),
  text: z.string(),
  language: z.string(),
  tone: z.enum(tones).default('neutral'),
  /** The tone that it was proposed in, once a person chose another one. */
  plannedTone: z.enum(tones).optional(),
  /** The liquid template it was drafted from. */
  template: z.string(),
  attachments: z.array(attachmentSchema).default([]),
  /** The amounts that its tables and slots hold, as decimal strings: the only ones that its text may name. */
  amounts: z.array(decimal).default([]),
  /** The days that its text held as it was drafted: it may name these and those of the ledger. Without the list it may name any. */
  days: z.array(z.string()).optional(),
  /** Its text holds figures of the ledger: it leaves only while the newest import is young enough. */
  needsFreshLedger: z.boolean().default(false),
  /** Ledger figures that the reply would have held are left out because the newest import is too old. */
  withheld: z.literal('stale_ledger').optional(),
}

/** `percent`: how likely the next one is kept, 0 to 100. */
const promiseRecordSchema = z.object({ kept: z.int(), judged: z.int(), percent: z.int() })

export const actionSchemas = {
  send_reply: z.object(mail),
  /** A reply that carries the asked copies; numbers whose PDF was not found are named, never silently left out. */
  send_invoice_copies: z.object({ ...mail, invoiceIds, missing: z.array(z.string()).default([]) }),
  /**
   * `saidOn`: the day of the mail, from when on money counts. `waitUntil`: the last day on which the money counts as in time; `holdUntil`: that of the hold on the promised items. `record`: how the debtor,
   * or this contact of it, kept promises before, which both days come from. `insurance`: what waiting so long costs of the cover.
   */
  register_promise: z.object({
    promisedOn: isoDay.optional(),
    amount: decimal.optional(),
    currency: z.string().optional(),
    invoiceIds,
    conditional: z.boolean().default(false),
    saidOn: isoDay.optional(),
    waitUntil: isoDay.optional(),
    holdUntil: isoDay.optional(),
    contactId: z.int().optional(),
    record: promiseRecordSchema.optional(),
    insurance: policyWarningSchema.optional(),
  }),
  /** `total`: what is open of its invoices. Days are ISO, amounts decimal strings in `currency`. */
  agree_payment_plan: z.object({
    invoiceIds: invoiceIds.min(1),
    currency: z.string(),
    total: decimal,
    instalments: z.array(z.object({ dueOn: isoDay, amount: decimal })).min(1),
    insurance: policyWarningSchema.optional(),
  }),
  /** Empty `invoiceIds`: every item of the debtor. */
  place_hold: z.object({
    invoiceIds,
    reason: z.enum(['dispute', 'insolvency', 'payment_claim', 'payment_plan', 'legal', 'quarantine', 'unclear']),
    /** What is held of the only invoice, in its currency; all of it when left out. */
    amount: decimal.optional(),
    until: isoDay.optional(),
  }),
  /** `amount`: what is contested of the only invoice, in its currency; all of it when left out. Without an owner, whom the settings or the ledger name. */
  open_dispute: z.object({ invoiceIds, reason: z.string(), text: z.string(), answerDue: isoDay, amount: decimal.optional(), ownerId: z.int().optional() }),
  mark_payment_claimed: z.object({ invoiceIds, paidOn: isoDay.optional(), amount: decimal.optional(), currency: z.string().optional(), holdUntil: isoDay }),
  mark_address_bounced: z.object({ address: z.string(), permanent: z.boolean(), status: z.string(), reason: z.string() }),
  register_absence: z.object({ address: z.string(), until: isoDay.optional(), standIn: z.string().optional() }),
  update_contact: z.object({
    contactId: z.int().optional(),
    name: z.string().optional(),
    email: z.email().optional(),
    phone: z.string().optional(),
    address: z.string().optional(),
  }),
  register_po_number: z.object({ invoiceIds, poNumber: z.string() }),
  /** `about`: what Duncan asks for, told in each reader's language; `title`: the same in somebody's own words. One of them is there. */
  create_task: z.object({
    title: z.string().optional(),
    about: taskAboutSchema.optional(),
    detail: z.string().optional(),
    dueOn: isoDay.optional(),
    assigneeId: z.int().optional(),
  }),
} as const

export type ActionKind = keyof typeof actionSchemas
export type ActionPayload<K extends ActionKind = ActionKind> = z.infer<(typeof actionSchemas)[K]>

/** A planned action before it is stored: what a handler returns. */
export type PlannedAction = {
  [K in ActionKind]: {
    kind: K
    payload: ActionPayload<K>
    evidence: z.infer<typeof evidenceSchema>[]
    /** Runs at once, before a decision, and can be undone. */
    protective?: boolean
    /** Whether its tick stands at first; true when left out. */
    ticked?: boolean
    /** The one intent of the mail that it follows from; none where several speak in it. */
    intent?: string | null
  }
}[ActionKind]
