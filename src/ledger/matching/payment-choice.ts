import { z } from 'zod'

const decimal = z.string().regex(/^-?\d{1,15}(?:\.\d{1,3})?$/)

/** Amounts are decimal strings in the payment's currency; a credit note's are negative. `waived`: settled without money. */
const allocationSchema = z.object({ invoiceId: z.int(), amount: decimal, waived: decimal.optional() })
export type Allocation = z.infer<typeof allocationSchema>

/**
 * What a person says of a bank payment. `allocate` adds to what is allocated already; `unallocate` takes everything back;
 * `returned` says of a negative line which payment it took back.
 */
export const paymentChoiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('allocate'), allocations: z.array(allocationSchema) }),
  /** In their order, each as far as the money goes; numbers as people write them. */
  z.object({ kind: z.literal('pay_invoices'), numbers: z.array(z.string()) }),
  z.object({ kind: z.literal('leave_unapplied'), debtorId: z.int() }),
  z.object({ kind: z.literal('not_ours') }),
  /** A line that looks like one of another statement is that one; or it is money of its own, to be matched. */
  z.object({ kind: z.literal('seen_before') }),
  z.object({ kind: z.literal('match_anew') }),
  z.object({ kind: z.literal('unallocate') }),
  z.object({ kind: z.literal('returned'), paymentId: z.int() }),
])
export type PaymentChoice = z.infer<typeof paymentChoiceSchema>
