import { z } from 'zod'
import type { SettingsKind } from '#settings'

const workingDays = z.int().min(0).max(60)

const schema = z
  .strictObject({
    graceDays: workingDays
      .default(3)
      .describe('Working days after the promised day that the money may take to arrive; more for who keeps promises, less for who breaks them'),
    longestPauseDays: z
      .int()
      .min(1)
      .max(366)
      .default(60)
      .describe('Days that a promise keeps reminders away at most, however far its day is; more for who keeps promises, less for who breaks them'),
    arrivalDays: workingDays.default(5).describe('Working days in which a payment that a debtor says was made should arrive'),
    instalments: z.int().min(2).max(24).default(3).describe('Parts of a payment plan where the debtor names none; one a month'),
    planDecisionDays: workingDays.default(10).describe('Working days that a request for a payment plan keeps reminders away until somebody decides on it'),
  })
  .describe('Promises to pay, payments that debtors say were made, and payment plans')

/** How long what debtors say keeps reminders away. */
export type PromiseRules = z.output<typeof schema>

/** The rules of an installation that says nothing. */
export const defaultPromiseRules: PromiseRules = schema.parse({})

/** The settings kind `promises`. */
export const promisesKind = { name: 'promises', schema } satisfies SettingsKind<typeof schema>
