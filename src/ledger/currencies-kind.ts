import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { currencyCode } from './administrations-kind.ts'

const schema = z
  .strictObject({
    reporting: currencyCode.default('EUR').describe('Currency of totals, thresholds and the limits of people; cards always show the original amounts too'),
    source: z
      .enum(['imported', 'ecb'])
      .default('imported')
      .describe('Where rates come from: files that you import, or the reference rates of the European Central Bank, fetched where the network allows it'),
    maxAgeDays: z
      .int()
      .min(0)
      .max(366)
      .default(7)
      .describe('A rate that was set longer before the day in question is not used; nothing is ever taken as one to one'),
  })
  .describe('How amounts of several currencies are counted together')

/** How amounts of several currencies are counted together. */
export const currenciesKind = { name: 'currencies', schema } satisfies SettingsKind<typeof schema>
