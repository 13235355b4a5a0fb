import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { measures } from './measures.ts'

const key = z.string().regex(/^[a-z][a-z0-9_]{0,29}$/, 'A key has small letters, digits and underscores: tax_deferral.')
const title = z.string().trim().min(1).max(60).optional().describe('What people call it; left out: the words that Duncan has for it, or the key')
const points = z.number().min(0).max(100)

const weight = z.number().gt(0).max(1000).describe('How much it counts beside the other terms; only the relation matters')

const curve = z
  .array(z.tuple([z.number(), points]))
  .min(1)
  .max(20)
  .describe('What a value earns: [value, points] from the lowest value up; between two of them in a straight line, beyond the ends as at the end')

const rated = z.strictObject({
  measure: z.literal('rating'),
  title,
  weight,
  points: z.partialRecord(z.enum(['A', 'B', 'C', 'D', 'E']), points).describe('What each class earns; one that is left out counts as not known'),
})

const measured = z.strictObject({ measure: z.enum(measures).exclude(['rating']), title, weight, points: curve }).superRefine(({ points: steps }, context) => {
  const fault = (index: number, message: string, remedy: string) => context.addIssue({ code: 'custom', path: ['points', index], message, params: { remedy } })
  const values = steps.map(([value]) => value)
  const late = values.findIndex((value, index) => index > 0 && value <= (values[index - 1] ?? value))
  if (late > 0) fault(late, `is not above the value before it: ${values[late]}`, 'Write the values from the lowest to the highest, each once.')
  const ups = steps.map(([, earned], index) => Math.sign(earned - (steps[index - 1]?.[1] ?? earned)))
  const turn = ups.findIndex((up, index) => up !== 0 && ups.slice(0, index).includes(-up))
  if (turn > 0) fault(turn, 'turns back: more would be better and worse', 'Let the points only rise or only fall.')
})

const tag = z.strictObject({
  title,
  deduction: z.number().min(0).max(100).describe('Points that a debtor with it loses'),
  activities: z
    .array(
      z
        .string()
        .trim()
        .regex(/[\p{L}\p{N}]{2}/u, 'must have two letters or digits in a row')
        .max(60),
    )
    .default([])
    .describe("Companies of these sectors have it by themselves: the beginning of the activity's code or of a word of it, as the bureau tells it"),
})

const schema = z
  .strictObject({
    minimumKnown: z.int().min(1).max(100).default(50).describe('Percentage of the weight that must be known, or there is no score'),
    terms: z
      .record(key, z.discriminatedUnion('measure', [rated, measured]))
      .refine(terms => Object.keys(terms).length > 0, 'needs a term at least')
      .optional()
      .describe('What makes the score; left out: the terms that Duncan comes with'),
    tags: z
      .record(key, tag)
      .optional()
      .describe('What people may say of a debtor beside all figures; left out: a sector in a crisis, and taxes that are paid later'),
  })
  .describe('The own score of a debtor, 0 to 100, of what the bureau says and of how it pays. Each result keeps its version')

/** The scorecard, as settings. */
export const scorecardKind = { name: 'scorecard', schema } satisfies SettingsKind<typeof schema>

type Written = z.output<typeof schema>
export type ScorecardTerm = NonNullable<Written['terms']>[string]
export type TagRule = NonNullable<Written['tags']>[string]

/** A scorecard that is whole: what the settings leave out is Duncan's own. */
export type Scorecard = { minimumKnown: number; terms: Record<string, ScorecardTerm>; tags: Record<string, TagRule> }

/** The scorecard of the settings. */
export const scorecardOf = ({ minimumKnown, terms = defaultTerms, tags = defaultTags }: Written): Scorecard => ({ minimumKnown, terms, tags })

// Two thirds are what the bureau says of the company, one third is how it pays us.
const defaultTerms: Record<string, ScorecardTerm> = {
  rating: { measure: 'rating', weight: 25, points: { A: 100, B: 75, C: 45, D: 10 } },
  bureau_score: {
    measure: 'bureau_score',
    weight: 25,
    points: [
      [0, 0],
      [100, 100],
    ],
  }, // prettier-ignore
  limit_used: {
    measure: 'limit_used',
    weight: 15,
    points: [
      [50, 100],
      [100, 50],
      [200, 0],
    ],
  }, // prettier-ignore
  days_late: {
    measure: 'days_late',
    weight: 15,
    points: [
      [0, 100],
      [15, 70],
      [60, 0],
    ],
  }, // prettier-ignore
  days_overdue: {
    measure: 'days_overdue',
    weight: 10,
    points: [
      [0, 100],
      [30, 50],
      [90, 0],
    ],
  }, // prettier-ignore
  promises_kept: {
    measure: 'promises_kept',
    weight: 5,
    points: [
      [40, 0],
      [100, 100],
    ],
  }, // prettier-ignore
  overdue_share: {
    measure: 'overdue_share',
    weight: 5,
    points: [
      [0, 100],
      [80, 0],
    ],
  }, // prettier-ignore
}

const defaultTags: Record<string, TagRule> = {
  sector_crisis: { deduction: 15, activities: [] },
  tax_deferral: { deduction: 10, activities: [] },
}
