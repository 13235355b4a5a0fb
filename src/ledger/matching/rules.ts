import { z } from 'zod'
import type { SettingsKind } from '#settings'

const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine(text => /^\d{1,9}(?:\.\d{1,3})?$/.test(text), 'must be an amount like 0.05')

const schema = z
  .strictObject({
    roundingTolerance: decimal.default('0.05').describe('A difference up to this amount, in the invoice’s currency, is rounding: the invoice counts as paid'),
    discountPercent: z.number().min(0).max(20).default(0).describe('A payment that is exactly this much lower took the agreed discount; 0: there is none'),
    bankChargesUpTo: decimal.default('15').describe('A shortage up to this amount may be bank charges: a person is asked whether to accept them'),
  })
  .describe('How bank payments are matched to invoices')

/** How payments are matched. Amounts are decimal strings in the invoice's currency. */
export type MatchingRules = z.output<typeof schema>

/** The rules of an installation that says nothing. */
export const defaultMatchingRules: MatchingRules = schema.parse({})

/** The settings kind `payments`. */
export const paymentsKind = { name: 'payments', schema } satisfies SettingsKind<typeof schema>
