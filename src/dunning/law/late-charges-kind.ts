import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { type ReferenceRate, references, shippedRates } from './reference-rates.ts'

const isoDay = z.iso.date('must be a day such as 2026-07-01')
const percentage = z.string().regex(/^-?\d{1,2}(?:\.\d{1,4})?$/, 'must be percent a year in quotes, such as "10.15"')
const ownRate = z.string().regex(/^\d{1,2}(?:\.\d{1,4})?$/, 'must be percent a year in quotes, such as "9.5"')

const administration = z.strictObject({
  interest: z.boolean().default(false).describe('Whether businesses are asked for interest'),
  compensation: z.boolean().default(false).describe('Whether businesses are asked for the lump sum of the law, for each invoice'),
  rate: ownRate.optional().describe('The rate of your terms of sale, percent a year, in the place of the law’s'),
  consumers: z
    .strictObject({
      interest: z.boolean().default(false).describe('Whether private persons are asked for interest, from their first reminder on'),
      rate: ownRate.optional().describe('The rate of your terms of sale for them; in Belgium nothing is asked without one, and never more than the law allows'),
      costs: z
        .array(z.enum(['NL', 'BE']))
        .default([])
        .describe(
          'Countries whose private persons are asked for costs: NL by the scale of the law, BE where your terms of sale ask for as much as the law allows',
        ),
    })
    .prefault({}),
})

const rate = z
  .strictObject({
    reference: z
      .enum(references)
      .describe('Whose rate: of the European Central Bank, the Bundesbank, the NBP, the Bank of England, or the Dutch one for consumers'),
    from: isoDay.describe('First day'),
    until: isoDay.describe('Last day; a rate never goes on by itself'),
    percentage: percentage.describe('The reference alone, without the points that a law adds'),
    source: z.string().min(1).describe('Where you read it: shown with every amount that rests on it'),
  })
  .superRefine(({ from, until }, context) => {
    if (until < from) context.addIssue({ code: 'custom', path: ['until'], message: 'lies before its first day' })
  })

const schema = z
  .strictObject({
    administrations: z
      .record(z.string(), administration)
      .default({})
      .describe('What each of your books asks for late payment; one that is not named asks for nothing'),
    rates: z.array(rate).default([]).describe('Reference rates that you looked up: they count before the shipped ones'),
    unconfirmed: z.boolean().default(false).describe('Whether shipped rates that are marked as to be confirmed are used'),
  })
  .describe('Interest and costs of late payment: docs/dunning.md')

export type LateChargeRules = z.output<typeof schema>
export type AdministrationCharges = z.output<typeof administration>

/** What is asked for late payment. */
export const lateChargesKind = {
  name: 'lateCharges',
  schema,
  references: ({ administrations }) => Object.keys(administrations).map(code => ({ path: ['administrations', code], kind: 'administrations', key: code })),
} satisfies SettingsKind<typeof schema>

/** The reference rates that may be used by these settings, their own last. */
export const usableRates = ({ rates, unconfirmed }: Pick<LateChargeRules, 'rates' | 'unconfirmed'>): ReferenceRate[] => [
  ...shippedRates.filter(({ confirmed }) => confirmed || unconfirmed),
  ...rates.map(row => ({ ...row, confirmed: true })),
]
