import { z } from 'zod'
import { parseQuery, problemText, valuesOf } from '#search'
import type { SettingsKind } from '#settings'

const administration = z.strictObject({
  wanted: z.string().min(1).optional().describe('Search text of the debtors who get links, as in country:NL -segment:key-accounts; all of them when left out'),
})
const method = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, 'must be a method as the provider calls it, as in ideal')
const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country of two letters, as in NL')

const schema = z
  .strictObject({
    administrations: z.record(z.string(), administration).default({}).describe('Whose reminders have a link; none but these'),
    methods: z
      .record(country, z.array(method).min(1).max(30))
      .default({})
      .describe('Ways to pay by the country of the debtor, as in NL: [ideal, creditcard]; for others all that the provider offers'),
    expiryDays: z.int().min(1).max(366).default(60).describe('Days after which a link that was sent leads nowhere any more'),
    ledgerDays: z
      .int()
      .min(1)
      .max(60)
      .default(10)
      .describe('Days in which the ledger should show what was paid online; after them somebody is asked to look, and reminders stay away meanwhile'),
  })
  .superRefine(({ administrations }, context) => {
    for (const [code, { wanted }] of Object.entries(administrations)) {
      const query = wanted === undefined ? undefined : parseQuery(wanted)
      if (query?.kind !== 'problem') continue
      const params = { remedy: 'Try it with `duncan find` first; its --help lists the fields.', line: 1, column: query.problem.start + 1 }
      context.addIssue({ code: 'custom', path: ['administrations', code, 'wanted'], message: problemText(query.problem), params })
    }
  })
  .describe('Links in reminders that lead to a page on which the debtor pays')

/** Who gets links to pay, and how long they lead anywhere. */
export type PaymentLinkRules = z.output<typeof schema>

/** The settings kind `paymentLinks`. */
export const paymentLinksKind = {
  name: 'paymentLinks',
  schema,
  references: ({ administrations }) =>
    Object.entries(administrations).flatMap(([code, { wanted }]) => [
      { path: ['administrations', code], kind: 'administrations', key: code },
      ...segmentsIn(['administrations', code, 'wanted'], wanted ?? ''),
    ]),
} satisfies SettingsKind<typeof schema>

function segmentsIn(path: string[], text: string) {
  const query = parseQuery(text)
  if (query.kind === 'problem') return []
  return query.segments.flatMap(({ test }) => valuesOf(test)).map(key => ({ path, kind: 'segments', key: key.toLowerCase() }))
}
