import { z } from 'zod'
import { Prisma } from '#platform'
import { type DebtorFacts, valueOf } from './measures.ts'
import type { Scorecard, ScorecardTerm } from './scorecard-kind.ts'

/** One line of a score. `contribution`: points of the score, below zero for a tag; all of them add up to the score. */
export const scoreLineSchema = z.object({
  /** Key of the term or the tag. */
  key: z.string(),
  of: z.enum(['term', 'tag']),
  /** A term's measure; the same as its key unless the settings call it otherwise. */
  measure: z.string().optional(),
  title: z.string().optional(),
  /** The debtor's own: a decimal or a letter; absent: not known. */
  value: z.string().optional(),
  /** What the value earns, 0 to 100. */
  points: z.string().optional(),
  weight: z.number().optional(),
  contribution: z.string(),
})
export type ScoreLine = z.infer<typeof scoreLineSchema>

/** `score`: 0 to 100 with two decimals; undefined where less is known than the scorecard asks for. `known`: percentage of the weight. */
export type DebtorScore = { score: Prisma.Decimal | undefined; known: number; lines: ScoreLine[] }

const zero = new Prisma.Decimal(0)

/**
 * Scores a debtor; pure. Terms whose value is not known are left out and said, and the others weigh as much more; each tag then takes its
 * deduction off, as far as there is something left.
 */
export function scoreDebtor({ minimumKnown, terms, tags }: Scorecard, facts: DebtorFacts): DebtorScore {
  const judged = Object.entries(terms).map(([key, term]) => ({ key, term, value: valueOf(term.measure, facts), points: pointsOf(term, facts) }))
  const weightOf = (some: typeof judged) => some.reduce((sum, { term }) => sum.add(term.weight), zero)
  const [all, known] = [weightOf(judged), weightOf(judged.filter(({ points }) => points !== undefined))]
  const share = known.mul(100).div(all)
  const isKnown = share.gte(minimumKnown) && known.gt(0)

  let exact = zero
  const lines = judged.map(({ key, term, value, points }): ScoreLine => {
    const before = exact.toDecimalPlaces(2)
    if (points && isKnown) exact = exact.add(points.mul(term.weight).div(known))
    const contribution = exact.toDecimalPlaces(2).sub(before) // rounded so that they add up to the rounded score
    return {
      key,
      of: 'term',
      measure: term.measure,
      ...(term.title !== undefined && { title: term.title }),
      ...(points && value !== undefined && { value: value.toString(), points: points.toDecimalPlaces(2).toString() }),
      weight: term.weight,
      contribution: contribution.toString(),
    }
  })
  let score = exact.toDecimalPlaces(2)
  const lost = Object.entries(tags).flatMap(([key, { title, deduction }]): ScoreLine[] => {
    if (!facts.tags.includes(key)) return []
    const taken = isKnown ? Prisma.Decimal.min(score, deduction) : zero
    score = score.sub(taken)
    return [{ key, of: 'tag', ...(title !== undefined && { title }), contribution: taken.neg().toString() }]
  })
  return { score: isKnown ? score : undefined, known: share.toDecimalPlaces(0, Prisma.Decimal.ROUND_DOWN).toNumber(), lines: [...lines, ...lost] }
}

/** What a debtor's value of a term earns, 0 to 100; undefined when it is not known. */
export function pointsOf(term: ScorecardTerm, facts: DebtorFacts): Prisma.Decimal | undefined {
  if (term.measure === 'rating') {
    const points = facts.rating && term.points[facts.rating]
    return points === undefined ? undefined : new Prisma.Decimal(points)
  }
  const value = valueOf(term.measure, facts)
  return value === undefined ? undefined : onCurve(term.points, new Prisma.Decimal(value))
}

/** The curve at a value: straight between two steps, level beyond the first and the last. */
function onCurve(steps: readonly (readonly [number, number])[], value: Prisma.Decimal): Prisma.Decimal {
  const next = steps.findIndex(([at]) => value.lt(at))
  const [before, after] = [steps[next === -1 ? steps.length - 1 : next - 1], next === -1 ? undefined : steps[next]]
  if (!before || !after) return new Prisma.Decimal((before ?? after)?.[1] ?? 0)
  const [[from, low], [to, high]] = [before, after]
  const part = value.sub(from).div(new Prisma.Decimal(to).sub(from))
  return part.mul(new Prisma.Decimal(high).sub(low)).add(low)
}
