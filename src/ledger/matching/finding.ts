import { z } from 'zod'

/** Why a payment was allocated without asking. */
const matchReasons = [
  'reference', // the structured reference of the invoice
  'numbers', // the invoice numbers in its text, together exactly its amount
  'numbers_rounding',
  'numbers_subset', // some of the numbers in its text, and no others, make its amount
  'discount',
  'part_payment',
  'over_payment',
  'known_payer_amount', // an account or number that is known, and exactly one open invoice of this amount
  'known_payer_all', // everything that the payer owes
  'name_amount',
  'staff',
] as const
export type MatchReason = (typeof matchReasons)[number]

/** Why a person is asked. */
const reviewReasons = [
  'unknown_payer',
  'unknown_number', // its text names an invoice that the ledger does not have
  'already_paid', // what it names is paid
  'currency', // what it names is in another currency
  'several_debtors',
  'several_fit',
  'which_invoices',
  'amount_differs',
  'part_payment',
  'over_payment',
  'charges',
  'similar_name',
  'seen_twice', // another statement has a line that may be the same one
  'reversal', // money went back, and it is not clear of which payment
] as const
export type ReviewReason = (typeof reviewReasons)[number]

const decimal = z.string()
const allocationSchema = z.object({ invoiceId: z.int(), amount: decimal, waived: decimal })

/** One way to allocate a payment: what goes where, what the debtor then has as unapplied cash, and what speaks for it. */
const candidateSchema = z.object({ debtorId: z.int(), allocations: z.array(allocationSchema), rest: decimal, reasons: z.array(z.string()) })
export type MatchCandidate = z.infer<typeof candidateSchema>

/** What is known about how a bank payment stands; amounts are decimal strings in the payment's currency. */
export const findingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('matched'), reason: z.enum(matchReasons), rest: decimal, by: z.string().optional() }),
  z.object({ kind: z.literal('review'), why: z.enum(reviewReasons), candidates: z.array(candidateSchema) }),
  z.object({ kind: z.literal('unapplied'), reason: z.enum(['nothing_open', 'staff']), by: z.string().optional() }),
  z.object({ kind: z.literal('not_ours'), why: z.enum(['own_payment_returned', 'seen_before', 'staff']), by: z.string().optional() }),
  /** `payments`: of a reversal what it took back, of a payment what took it back. */
  z.object({ kind: z.literal('reversed'), payments: z.array(z.int()), by: z.string().optional() }),
])
export type Finding = z.infer<typeof findingSchema>
