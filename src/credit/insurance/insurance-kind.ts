import { z } from 'zod'
import { Prisma } from '#platform'
import type { SettingsKind } from '#settings'
import { criteria } from '../values/criteria.ts'
import { termStarts } from './deadlines.ts'

const days = z.int().min(0).max(730).describe('Calendar days')
const from = z.enum(termStarts).describe('The due date as it stands, or as it was when the item first came')
const term = z.strictObject({ days, from })
const names = (what: string) => z.array(z.string().min(1)).default([]).describe(what)

const policy = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, 'must be lower case letters, digits and dashes')
    .describe('Short name of the policy, or of its terms for some debtors'),
  insurer: z.string().trim().min(1).max(120).describe('Who insures'),
  number: z.string().trim().min(1).max(60).describe('Number of the policy'),
  administrations: names('Codes of the administrations that it covers; all when left out'),
  segments: names('Only debtors of one of these segments: a search of the settings'),
  debtors: names('Only these debtors, by number'),
  maximumExtension: term.optional().describe('How long after its due date an item may be extended without the insurer; a promise or plan beyond it warns'),
  reportOverdue: term.optional().describe('Within how many days an overdue item must be reported'),
  handOver: z
    .strictObject({ days, from: z.enum([...termStarts, 'extension_end']).describe('extension_end: the last day of the maximum extension') })
    .optional()
    .describe('Within how many days it must be handed over for collection'),
  discretionaryLimit: z
    .strictObject({
      amount: z.string().regex(/^\d{1,15}(?:\.\d{1,3})?$/, 'must be an amount in quotes, such as "10000"'),
      currency: z.string().regex(/^[A-Z]{3}$/, 'A currency has three capitals: EUR.'),
    })
    .optional()
    .describe('What a debtor is covered for that the ledger has no insured limit for'),
  insuredPercent: z.int().min(1).max(100).default(100).describe('Which part of what is owed, up to the limit, the insurer bears: 90 where you bear a tenth'),
  tell: z.array(z.enum(criteria)).default([]).describe('Of which bad news from the credit bureau the insurer must be told: insolvency, judgments'),
  responsible: z.string().min(1).optional().describe('Short name of the colleague who reports; each debtor’s collector when left out'),
})

const schema = z
  .strictObject({
    warnDays: z.int().min(0).max(90).default(7).describe('How many days before a deadline of a policy it becomes work for somebody'),
    policies: z
      .array(policy)
      .max(100)
      .default([])
      .describe('The first one that fits a debtor covers it; what is for some debtors stands before what is for all'),
  })
  .superRefine(({ policies }, context) =>
    policies.forEach(({ id, handOver, maximumExtension }, index) => {
      const fault = (path: string[], message: string, remedy: string) =>
        context.addIssue({ code: 'custom', path: ['policies', index, ...path], message, params: { remedy } })
      if (policies.findIndex(other => other.id === id) !== index) fault(['id'], `is used twice: ${id}`, 'Give each policy an id of its own.')
      if (handOver?.from === 'extension_end' && !maximumExtension)
        fault(['handOver', 'from'], 'counts from the end of an extension that the policy does not have', 'Add maximumExtension, or count from due_date.')
    }),
  )
  .describe('Credit insurance: what the policies say of time, so that nothing is agreed or left undone that costs the cover')

/** Credit insurance policies, as settings. Duncan ships no terms: they are what a policy says. */
export const insuranceKind = {
  name: 'insurance',
  schema,
  references: ({ policies }) =>
    policies.flatMap(({ administrations, segments, responsible }, index) => [
      ...administrations.map((key, at) => ({ path: ['policies', index, 'administrations', at], kind: 'administrations', key })),
      ...segments.map((key, at) => ({ path: ['policies', index, 'segments', at], kind: 'segments', key })),
      ...(responsible === undefined ? [] : [{ path: ['policies', index, 'responsible'], kind: 'staff', key: responsible }]),
    ]),
  project: async (tx, { policies, warnDays }) => {
    const ids = policies.map(({ id }) => id)
    await tx.insurancePolicy.deleteMany({ where: { id: { notIn: ids } } })
    for (const [position, { id, maximumExtension, reportOverdue, handOver, discretionaryLimit, responsible, ...said }] of policies.entries()) {
      const row = {
        ...said,
        position,
        warnDays,
        extendDays: maximumExtension?.days ?? null,
        extendFrom: maximumExtension?.from ?? null,
        reportDays: reportOverdue?.days ?? null,
        reportFrom: reportOverdue?.from ?? null,
        handOverDays: handOver?.days ?? null,
        handOverFrom: handOver?.from ?? null,
        limitAmount: discretionaryLimit ? new Prisma.Decimal(discretionaryLimit.amount) : null,
        limitCurrency: discretionaryLimit?.currency ?? null,
        responsible: responsible ?? null,
      }
      await tx.insurancePolicy.upsert({ where: { id }, create: { id, ...row }, update: row })
    }
  },
} satisfies SettingsKind<typeof schema>
