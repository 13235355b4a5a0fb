import { z } from 'zod'
import { quarantineSchema } from './quarantine.ts'

/** What a debtor's mail asks, says or is. A message may carry several. */
export const intents = [
  'promise_to_pay',
  'payment_made',
  'invoice_copy_request',
  'dispute',
  'payment_plan_request',
  'payment_details_question',
  'statement_request',
  'contact_change',
  'po_number',
  'insolvency_notice',
  'legal_reply',
  'out_of_office',
  'bounce',
  'acknowledgement',
  'other_question',
  'unrelated',
] as const
export type Intent = (typeof intents)[number]

export const factKinds = [
  'promised_date',
  'promised_amount',
  'paid_date',
  'paid_amount',
  'invoice_number',
  'dispute_reason',
  'disputed_amount',
  'return_date',
  'stand_in',
  'contact_email',
  'contact_phone',
  'contact_name',
  'contact_address',
  'po_number',
  'instalment',
  'requested_document',
] as const
export type FactKind = (typeof factKinds)[number]

export const disputeReasons = [
  'price',
  'quantity',
  'quality',
  'not_ordered',
  'not_delivered',
  'wrong_po',
  'duplicate',
  'credit_note_expected',
  'other',
] as const
export type DisputeReason = (typeof disputeReasons)[number]

/**
 * The literal span that a fact rests on. Offsets are UTF-16 units into the message's `replyText`, or into the named
 * `field`: the subject, the attachment's file name, or the header's value.
 */
export const evidenceSchema = z.object({
  start: z.int().min(0),
  end: z.int().min(0),
  text: z.string(),
  field: z.enum(['subject', 'attachment', 'header']).optional(),
})
export type Evidence = z.infer<typeof evidenceSchema>

/** Instalments of a payment plan: amount as a decimal string, dates as ISO days. */
export const instalmentSchema = z.object({ count: z.int().optional(), amount: z.string().optional(), dates: z.array(z.string()) })

export const factSchema = z.object({
  kind: z.enum(factKinds),
  /** ISO day for dates (`return_date`: last day away), decimal string for amounts, a `DisputeReason`, an instalment plan, or text. */
  value: z.union([z.string(), instalmentSchema]),
  currency: z.string().optional(),
  evidence: evidenceSchema,
  /** Groups the facts of one promise: its date, amount and invoices. Counted from 1. */
  promise: z.int().optional(),
  /** Said under a condition ("once the credit note is in"): no promise to count on. */
  conditional: z.boolean().optional(),
  /** 0 to 1; below 0.5 the fact is shown but nothing rests on it. */
  confidence: z.number().min(0).max(1),
})
export type Fact = z.infer<typeof factSchema>

export const readingSchema = z.object({
  engine: z.enum(['structure', 'local', 'llm', 'combined']),
  language: z.string(),
  /** What matters most first (order-intents.ts). From 0.5 on an intent counts as asserted. */
  intents: z.array(z.object({ intent: z.enum(intents), confidence: z.number().min(0).max(1), evidence: evidenceSchema.optional() })),
  facts: z.array(factSchema),
  quarantine: z.array(quarantineSchema),
  /** Where the engines differ on something that matters; such a reading always asks. */
  disagreements: z.array(z.string()),
  /** The language model that read beside the local engine, with its prompt's name and version; `problem`: why it gave no reading. */
  model: z.object({ name: z.string(), prompt: z.string(), problem: z.string().optional() }).optional(),
})
export type Reading = z.infer<typeof readingSchema>

export const assertedFrom = 0.5

/** The intents that a reading asserts, best first. */
export const assertedIntents = ({ intents: read }: Pick<Reading, 'intents'>): Intent[] =>
  read.filter(({ confidence }) => confidence >= assertedFrom).map(({ intent }) => intent)

/** What triage gets to see of a message: plain values, so that a stored mail and a file from a replay read alike. */
export type MessageToRead = {
  kind: 'mail' | 'bounce' | 'auto_reply'
  /** What an automatic answer is by its structure and wording; undefined where nobody looked. */
  autoReply?: 'absence' | 'receipt' | 'report' | 'other' | undefined
  subject: string
  /** The sender's own words: no quoted history, no signature or disclaimer. */
  replyText: string
  /** The whole text, for guards only: facts are never read from quoted history. */
  fullText: string
  html: string | undefined
  from: { address: string; name: string } | undefined
  replyTo: string[]
  attachmentNames: string[]
  headers: { name: string; value: string }[]
  /** The calendar day of the mail in the administration's time zone (ISO), that words like "tomorrow" are counted from. */
  date: string
  /** The result of sender authentication, when it was checked. */
  senderVerified: 'pass' | 'fail' | 'unknown'
}

/** What triage may know of the ledger. */
export type ReadingContext = {
  /** Numbers of the linked debtor's or candidates' invoices, and of others that exist and are named in the mail. */
  invoiceNumbers: string[]
  /** How the administration's own invoice numbers look, e.g. `2026-0412` -> `9999-9999`: digits as 9, capitals as A. */
  invoiceNumberShapes: string[]
  /** Country of the debtor (ISO 3166), when known: which working days count. */
  country: string | undefined
  currency: string
  /** Mail domains of the administration and its known debtors' contacts, for look-alike checks. */
  knownDomains: string[]
  /** Addresses of the linked debtor's contacts. */
  contactAddresses: string[]
  /** Account numbers (IBAN) that the linked debtor is known to pay from. */
  knownAccounts?: string[]
  /** Account numbers of the administration itself: "we paid to your account ..." names no stranger's. */
  ownAccounts?: string[]
}

/** An engine that reads a message; the structural facts (bounce, absence) are settled before it is asked. */
export type ReadingEngine = {
  name: 'local' | 'llm'
  /** Of a language model: which one, asked by which prompt. */
  model?: { name: string; prompt: string }
  read: (message: MessageToRead, context: ReadingContext) => Promise<Reading>
}
