import { z } from 'zod'
import type { DebtorFacts } from '../scorecard/measures.ts'
import type { DebtorScore } from '../scorecard/score-debtor.ts'
import { fixedRows, rowsOf } from './grid.ts'
import { type HardStop, hardStops, type Matrix } from './matrix-schema.ts'

/** What told a debtor's row. `value`: a letter, or a score as a decimal. */
export const whySchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('hard_stop'), stops: z.array(z.enum(hardStops)) }),
  z.object({ by: z.enum(['rating', 'score', 'scorecard']), value: z.string() }),
  /** It would be told by this, which is not known. */
  z.object({ by: z.literal('nothing'), asked: z.enum(['rating', 'score', 'scorecard']) }),
])
export type Why = z.infer<typeof whySchema>

const [stopped, unknown] = fixedRows

/** The row of a debtor and what told it; pure. Each debtor has one row, whatever is known of it. */
export function rowOf(
  matrix: Pick<Matrix, 'classes' | 'solvencyBy' | 'hardStops'>,
  { facts, stops, score }: { facts: DebtorFacts; stops: readonly HardStop[]; score: DebtorScore },
): { solvency: string; why: Why } {
  const standing = stops.filter(stop => matrix.hardStops.includes(stop))
  if (standing.length > 0) return { solvency: stopped, why: { by: 'hard_stop', stops: standing } }
  const by = matrix.solvencyBy
  const none = { solvency: unknown, why: { by: 'nothing', asked: by } } as const
  if (by === 'rating') {
    const value = facts.rating
    const row = Object.entries(matrix.classes).find(([, { ratings }]) => ratings.some(letter => letter === value))?.[0]
    return row !== undefined && value !== undefined ? { solvency: row, why: { by, value } } : none
  }
  const value = by === 'score' ? facts.bureauScore : score.score
  if (value === undefined) return none
  const row = rowsOf(matrix).find(key => Object.hasOwn(matrix.classes, key) && value.gte(matrix.classes[key]?.from ?? 0))
  return { solvency: row ?? unknown, why: { by, value: value.toString() } }
}
