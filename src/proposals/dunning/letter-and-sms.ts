import { z } from 'zod'
import { draftLanguages, type Letter } from '#drafting'
import { tones } from '#ledger'

const money = z.object({ amount: z.string(), currency: z.string() })
const owner = z.object({ administration: z.string(), number: z.string(), debtor: z.string() }).optional()
const row = z.object({ number: z.string(), invoiceDate: z.string().nullable(), due: z.string(), daysLate: z.int(), open: money })
const drawn = z.object({
  language: z.enum(draftLanguages),
  date: z.iso.date(),
  sender: z.object({ name: z.string(), address: z.array(z.string()), companyNumber: z.string().optional() }),
  to: z.array(z.string()).min(1),
  country: z.string(),
  customerNumber: z.string(),
  subject: z.string(),
  text: z.string(),
  overview: z.string(),
  table: z
    .object({
      sections: z.array(z.object({ owner, items: z.array(row), subtotals: z.array(money) })),
      totals: z.array(money),
    })
    .optional(),
  transfers: z.array(
    z.object({
      owner,
      name: z.string(),
      iban: z.string(),
      bic: z.string().optional(),
      amount: z.string(),
      currency: z.string(),
      reference: z.string().optional(),
      text: z.string().optional(),
      printed: z.string().optional(),
    }),
  ),
}) satisfies z.ZodType<Letter>

/** A letter as an entry keeps it. `amounts`: the only ones that it may name. */
export const stepLetterSchema = drawn.extend({ tone: z.enum(tones), amounts: z.array(z.string()) })
export type StepLetter = z.infer<typeof stepLetterSchema>

/** `to`: a number with its country, as in +31612345678. */
export const stepSmsSchema = z.object({
  to: z.string().regex(/^\+\d{8,15}$/),
  text: z.string(),
  language: z.enum(draftLanguages),
  tone: z.enum(tones),
  amounts: z.array(z.string()),
})
export type StepSms = z.infer<typeof stepSmsSchema>
