import { z } from 'zod'
import { factKinds, intents } from '../reading.ts'

/** What the model fills in. Flat, strict and nullable, since endpoints that enforce a schema know no optional fields. */
export const answerSchema = z.strictObject({
  language: z.string(),
  intents: z.array(z.strictObject({ intent: z.enum(intents), confidence: z.number(), quote: z.string().nullable() })),
  facts: z.array(
    z.strictObject({
      kind: z.enum(factKinds),
      value: z.string().nullable(),
      currency: z.string().nullable(),
      quote: z.string(),
      promise: z.number().nullable(),
      conditional: z.boolean().nullable(),
      instalment_count: z.number().nullable(),
      instalment_dates: z.array(z.string()).nullable(),
    }),
  ),
  suspicious: z.string().nullable(),
})
export type Answer = z.infer<typeof answerSchema>

/** The name that a prompt file's `output` refers to. */
export const answerName = 'mail_reading'

export const answerJsonSchema = z.toJSONSchema(answerSchema, { target: 'draft-7' })
