import { z } from 'zod'
import { watchable } from './watched.ts'

const base = z.strictObject({
  criterion: z
    .enum(watchable)
    .describe(
      'normalised_score (0 to 100, 100 is best) and rating_class (A to E) hold whatever the bureau; a rule about score counts on the bureau’s own scale',
    ),
  segments: z.array(z.string()).default([]).describe('Only for debtors of one of these segments; left out: for all'),
  urgency: z.enum(['now', 'digest']).default('digest').describe('now: a card at once; digest: a line on the card of the night'),
  parties: z
    .array(z.enum(['debtor', 'supplier', 'prospect']))
    .default([])
    .describe('Only for these kinds of party; left out: for all that are monitored'),
  channel: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'A channel has small letters, digits and dashes.')
    .refine(name => name !== 'ops' && name !== 'payments', 'The channels ops and payments are for other things.')
    .optional()
    .describe('Left out: credit, and for suppliers the channel that credit.supplierChannel names'),
  coolDownDays: z.int().min(0).max(366).default(0).describe('For so many days after an alert of this rule about a company there is no other one'),
})
const amount = z.number().positive()

/** When an alert is raised about a criterion: what is watched, how it moved, for whom, how loud. */
export const alertRuleSchema = z.discriminatedUnion('when', [
  base.extend({ when: z.literal('falls_by'), amount: amount.describe('Points, days or units of the currency') }),
  base.extend({ when: z.literal('rises_by'), amount }),
  base.extend({ when: z.literal('falls_by_percent'), amount: amount.max(100) }),
  base.extend({ when: z.literal('falls_below'), amount }),
  base.extend({ when: z.literal('rises_above'), amount: z.number().min(0) }),
  base.extend({
    when: z.literal('worsens'),
    letters: z.int().min(1).max(3).default(1).describe('Steps on the scale of the letters: A, B, C, D, or the bureau’s own'),
  }),
  base.extend({ when: z.literal('becomes'), value: z.string().min(1).max(60) }),
  base.extend({ when: z.literal('leaves'), value: z.string().min(1).max(60) }),
  base.extend({ when: z.literal('appears') }),
  base.extend({ when: z.literal('changes') }),
  base.extend({ when: z.literal('drifts'), amount, times: z.int().min(2).max(10).default(3), days: z.int().min(7).max(730).default(90) }),
])
export type AlertRule = z.output<typeof alertRuleSchema>

const rule = (given: z.input<typeof alertRuleSchema>): AlertRule => alertRuleSchema.parse(given)

/** What is watched where the settings name no rules: hard stops at once, the rest on the card of the night. */
export const defaultAlertRules: Record<string, AlertRule> = {
  insolvency: rule({ criterion: 'insolvency', when: 'appears', urgency: 'now' }),
  judgment: rule({ criterion: 'judgments', when: 'rises_above', amount: 0, urgency: 'now' }),
  privilege: rule({ criterion: 'privileges', when: 'rises_above', amount: 0, urgency: 'now' }),
  inactive: rule({ criterion: 'status', when: 'leaves', value: 'ACTIVE', urgency: 'now' }),
  'not-scored': rule({ criterion: 'rating_class', when: 'becomes', value: 'E' }),
  'rating-worse': rule({ criterion: 'rating_class', when: 'worsens', letters: 1 }),
  'score-drop': rule({ criterion: 'normalised_score', when: 'falls_by', amount: 15, coolDownDays: 14 }),
  'score-drift': rule({ criterion: 'normalised_score', when: 'drifts', amount: 12, times: 3, days: 90, coolDownDays: 30 }),
  'limit-cut': rule({ criterion: 'credit_limit', when: 'falls_by_percent', amount: 30, coolDownDays: 14 }),
  'pays-later': rule({ criterion: 'days_beyond_terms', when: 'rises_by', amount: 10, coolDownDays: 30 }),
  renamed: rule({ criterion: 'name', when: 'changes' }),
}
