import { type Interval, z95 } from './intervals.ts'

/** After how many whole days a unit had paid, or for how many it is known not to have; `watched`: for how many its payments are known by now. */
export type Followed = { days: number; paid: boolean; watched: number }

/** Mean days until payment, of which at most `upTo` count for anybody; `variance` is that of the mean. */
export type MeanDays = { upTo: number; mean: number; variance: number }

const longest = 30

/**
 * The restricted mean of days to pay by Kaplan and Meier: who has not paid yet counts for as long as they were watched, and nobody for more than
 * thirty days. Undefined before anybody was watched for a day.
 */
export function meanDaysToPay(followed: readonly Followed[], upTo = horizonOf(followed)): MeanDays | undefined {
  if (followed.length === 0 || upTo < 1) return undefined
  let [waiting, left, mean] = [followed.length, 1, 0]
  const steps: { paid: number; waiting: number; before: number }[] = []
  for (let day = 0; day < upTo; day++) {
    const ended = followed.filter(({ days }) => days === day)
    const paid = ended.filter(each => each.paid).length
    if (paid > 0) {
      steps.push({ paid, waiting, before: mean })
      left *= 1 - paid / waiting
    }
    waiting -= ended.length
    mean += left
  }
  // Greenwood's sum: what each payment day weighs is the area that comes after it.
  const variance = steps.reduce(
    (sum, step) => (step.waiting > step.paid ? sum + ((mean - step.before) ** 2 * step.paid) / (step.waiting * (step.waiting - step.paid)) : sum),
    0,
  )
  return { upTo, mean, variance }
}

/** By how many days the second mean is longer, over what both were watched, with its 95% interval. */
export function differenceOfDays(first: readonly Followed[], second: readonly Followed[]): { days: number; interval: Interval } | undefined {
  const upTo = Math.min(horizonOf(first), horizonOf(second))
  const [a, b] = [meanDaysToPay(first, upTo), meanDaysToPay(second, upTo)]
  if (!a || !b) return undefined
  const [days, half] = [b.mean - a.mean, z95 * Math.sqrt(a.variance + b.variance)]
  return { days, interval: { low: days - half, high: days + half } }
}

/** Days over which the curve is known: nobody is guessed beyond the longest that anybody was watched. */
const horizonOf = (followed: readonly Followed[]): number => Math.min(longest, Math.max(0, ...followed.map(({ watched }) => watched)))
