import { z } from 'zod'
import { factKinds, intents } from '../reading.ts'

/** What the model fills in. Flat, strict and nullable, since endpoints that enforce a schema know no optional fields. */
const answerSchema = z.strictObject({
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

/** What a question is answered with: `name` is what a prompt file's `output` refers to. Endpoints that enforce a schema want it flat, strict and nullable. */
export type AnswerForm<T> = { name: string; schema: z.ZodType<T> }

export const readingForm: AnswerForm<Answer> = { name: 'mail_reading', schema: answerSchema }
