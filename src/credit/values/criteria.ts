import { z } from 'zod'

/** What Duncan keeps of a company's credit standing; nothing else of a bureau's report is stored. */
export const criteria = [
  'score',
  'international_rating',
  'rating',
  'payment_score',
  'credit_limit',
  'contract_limit',
  'days_beyond_terms',
  'industry_days_beyond_terms',
  'judgments',
  'insolvency',
  'privileges',
  'status',
  'parent',
  'name',
  'address',
  'risk',
] as const
export type Criterion = (typeof criteria)[number]

/**
 * A value in Duncan's own form. Numbers are decimal texts. `none`: the bureau says that there is no such value (not rated, no limit),
 * which is another thing than a value that it did not tell.
 */
export const criterionValueSchema = z.discriminatedUnion('is', [
  /** On its bureau's own scale, from its worst end `min` to its best `max`, where that has ends; a count or days where it has none. */
  z.object({ is: z.literal('number'), number: z.string(), min: z.string().optional(), max: z.string().optional() }),
  /** Without a currency where the bureau named none, as in its lists. */
  z.object({ is: z.literal('money'), amount: z.string(), currency: z.string().optional() }),
  /** A rating's letter, a status, a name, an address; `key` is what is compared where the text is only its wording, `letters` are those of its scale, the best first. */
  z.object({ is: z.literal('text'), text: z.string(), key: z.string().optional(), letters: z.array(z.string()).optional() }),
  z.object({ is: z.literal('none') }),
])
export type CriterionValue = z.infer<typeof criterionValueSchema>

/** One criterion as a bureau told it; `raw` are its own words. */
export type ReadValue = { criterion: Criterion; value: CriterionValue; raw: string }

/** Whether two values say the same. A scale or a currency that one of them lacks makes no difference: lists have neither. */
export function isSameValue(one: CriterionValue, other: CriterionValue): boolean {
  if (one.is === 'number' && other.is === 'number') {
    return isSameNumber(one.number, other.number) && agree(one.min, other.min) && agree(one.max, other.max)
  }
  if (one.is === 'money' && other.is === 'money') return isSameNumber(one.amount, other.amount) && agree(one.currency, other.currency)
  if (one.is === 'text' && other.is === 'text') return fold(one.key ?? one.text) === fold(other.key ?? other.text)
  return one.is === other.is
}

const agree = (one: string | undefined, other: string | undefined): boolean => one === undefined || other === undefined || one === other

// Decimal texts from several sources: "75000" and "75000.00" are one amount.
const isSameNumber = (one: string, other: string): boolean => trimZeros(one) === trimZeros(other)
const trimZeros = (number: string): string => (number.includes('.') ? number.replace(/\.?0+$/, '') : number)

// Registers change case and spacing of names and addresses between two reports of one company.
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.,]+/g, ' ')
    .trim()
