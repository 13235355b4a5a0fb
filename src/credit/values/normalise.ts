import { Prisma } from '#platform'
import type { Criterion, CriterionValue } from './criteria.ts'

// Bureaus count on scales of their own: 0 to 100, 0 to 10, 600 to 100, AAA to C. What is compared across them is normalised: 0 to 100, 100 is best.

/** The classes of the international rating. E: not scored, whatever the reason. */
export const ratingClasses = ['A', 'B', 'C', 'D', 'E'] as const
export type RatingClass = (typeof ratingClasses)[number]

/** How good a company stands; what no value tells is undefined. */
export type Solvency = { score: Prisma.Decimal | undefined; ratingClass: RatingClass | undefined }

/** A value on 0 to 100, where 100 is best, to two decimals: by the ends of its scale, or by its place among its letters. Undefined where the scale is not known. */
export function normalised(value: CriterionValue): Prisma.Decimal | undefined {
  if (value.is === 'number') return onScale(value)
  if (value.is !== 'text' || !value.letters || value.letters.length < 2) return undefined
  const place = value.letters.findIndex(letter => letter.toUpperCase() === value.text.toUpperCase())
  return place < 0 ? undefined : share(value.letters.length - 1 - place, value.letters.length - 1)
}

function onScale({ number, min, max }: CriterionValue & { is: 'number' }): Prisma.Decimal | undefined {
  if (min === undefined || max === undefined || Number(min) === Number(max)) return undefined
  const place = share(new Prisma.Decimal(number).minus(min), new Prisma.Decimal(max).minus(min))
  return place.lt(0) || place.gt(100) ? undefined : place
}

const share = (part: Prisma.Decimal | number, whole: Prisma.Decimal | number): Prisma.Decimal => new Prisma.Decimal(part).div(whole).mul(100).toDecimalPlaces(2)

/** Whether a scale counts downwards, as an index does: there a high number is bad. */
export const isIndex = (value: CriterionValue): boolean =>
  value.is === 'number' && value.min !== undefined && value.max !== undefined && Number(value.min) > Number(value.max)

/** Whether two values are on one scale; one that names no ends is taken to be. */
export function isSameScale(one: CriterionValue, other: CriterionValue): boolean {
  if (one.is === 'number' && other.is === 'number') return agree(one.min, other.min) && agree(one.max, other.max)
  return one.is !== 'text' || other.is !== 'text' || !one.letters || !other.letters || one.letters.join() === other.letters.join()
}

const agree = (one: string | undefined, other: string | undefined): boolean => one === undefined || other === undefined || Number(one) === Number(other)

// The bands of the score that go with the letters of the international rating. For scales of other bureaus they are our reading.
const bands = [
  { from: 71, ratingClass: 'A' },
  { from: 51, ratingClass: 'B' },
  { from: 30, ratingClass: 'C' },
  { from: 0, ratingClass: 'D' },
] as const

/** The class that goes with one value: of the international rating its letter; of a score or of a bureau's own rating the class of its normalised value, which is our reading and not the bureau's. */
export function classOf(criterion: Criterion, value: CriterionValue): RatingClass | undefined {
  if (criterion === 'international_rating') return value.is === 'text' ? ratingClasses.find(letter => letter === value.text) : undefined
  if (criterion !== 'score' && criterion !== 'rating') return undefined
  if (value.is === 'none') return 'E'
  const place = normalised(value)
  return bands.find(({ from }) => place?.gte(from))?.ratingClass
}

/**
 * How good a company stands by what its bureau says. The class is the international rating where the bureau has one; else the worse of
 * what its score and its own rating mean, since a limit is lost on the worse one; E only where neither says more.
 */
export function solvencyOf(values: readonly { criterion: string; value: CriterionValue }[]): Solvency {
  const of = (criterion: Criterion) => values.find(each => each.criterion === criterion)?.value
  const score = of('score')
  const classes = (['score', 'rating'] as const).flatMap(criterion => {
    const value = of(criterion)
    return (value && classOf(criterion, value)) ?? []
  })
  const international = of('international_rating')
  const read =
    classes
      .filter(letter => letter !== 'E')
      .toSorted()
      .at(-1) ?? classes[0]
  return { score: score && normalised(score), ratingClass: (international && classOf('international_rating', international)) ?? read }
}
