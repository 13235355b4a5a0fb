import { z } from 'zod'
import type { SettingsKind } from '#settings'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 06:00')

const schema = z
  .strictObject({
    on: z.boolean().default(true).describe('Whether workflows are run at all; where nothing is assigned, nothing happens anyway'),
    planAt: time.default('06:00').describe('When the day is planned, in the zone of the installation'),
    perDay: z.int().min(1).max(10).default(1).describe('How often one person is written to or called on a day, whoever owes'),
    perWeek: z.int().min(1).max(50).default(3).describe('The same within seven days'),
    groups: z
      .enum(['together', 'apart'])
      .default('together')
      .describe('Whether the debtors of one central file get one mail for all of them, at the address of the one that leads it'),
  })
  .describe('How dunning works: when a day is planned, and how often anybody hears from us')

export type DunningRules = z.output<typeof schema>

/** How dunning workflows are run. */
export const dunningKind = { name: 'dunning', schema } satisfies SettingsKind<typeof schema>
