import { z } from 'zod'

/** What stands in a text that no mail may hold; an amount, a day, a link as it is written there, an account by its first letters. */
export const outboundProblemSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('empty') }),
  z.object({ code: z.literal('foreign_invoice'), number: z.string() }),
  z.object({ code: z.literal('foreign_debtor'), found: z.string() }),
  z.object({ code: z.literal('bank_details'), start: z.string() }),
  z.object({ code: z.literal('link'), link: z.string() }),
  z.object({ code: z.literal('unknown_amount'), amount: z.string() }),
  z.object({ code: z.literal('unknown_day'), day: z.string() }),
])
export type OutboundProblem = z.infer<typeof outboundProblemSchema>
