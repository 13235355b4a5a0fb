import { z } from 'zod'
import { draftLanguages, findAccounts, findLinks } from '#drafting'
import type { SettingsKind } from '#settings'
import { disputeReasons } from '#triage'

const sentence = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine(text => findAccounts(text).length === 0 && findLinks(text).length === 0, 'holds a link or a bank account, which no reply may')

const days = z.int().min(1).max(60)

const type = z.strictObject({
  owner: z.string().min(1).optional().describe('Short name of who sees to disputes of this type; left out: the debtor’s collector'),
  answerWithin: days.optional().describe('Working days within which the debtor is answered; left out: as for all'),
  acknowledgement: z
    .strictObject(Object.fromEntries(draftLanguages.map(language => [language, sentence.optional()])))
    .optional()
    .describe('What the acknowledgement says of this type, by language, as plain text; left out: what Duncan says'),
})

const schema = z
  .strictObject({
    answerWithin: days.default(5).describe('Working days within which a debtor is answered'),
    payWithin: days.default(7).describe('Working days within which what stays due is to be paid once a dispute has ended'),
    types: z
      .record(z.string().regex(/^[a-z][a-z_]{1,39}$/, 'A type has small letters and underscores: transport_damage.'), type)
      .default({})
      .describe(`Types of your own, shown as their name reads, and what you change of these: ${disputeReasons.join(', ')}`),
  })
  .prefault({})
  .describe('Types of disputes, who sees to them, and by when they are answered')

export type DisputeRules = z.output<typeof schema>

/** Types of disputes, their owners and deadlines, as settings. */
export const disputesKind = {
  name: 'disputes',
  schema,
  references: ({ types }) =>
    Object.entries(types).flatMap(([key, { owner }]) => (owner === undefined ? [] : [{ path: ['types', key, 'owner'], kind: 'staff', key: owner }])),
} satisfies SettingsKind<typeof schema>

/** Every type that a dispute may be of: those that mails are read by, and those of the settings. */
export const disputeTypes = ({ types }: DisputeRules): string[] => [...new Set<string>([...disputeReasons, ...Object.keys(types)])]

/** Working days within which a dispute of this type is answered. */
export const answerWithin = ({ answerWithin: all, types }: DisputeRules, key: string): number => types[key]?.answerWithin ?? all
