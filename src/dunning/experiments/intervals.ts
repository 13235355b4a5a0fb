/** Shares and their ends lie between 0 and 1; those of a difference between -1 and 1. */
export type Interval = { low: number; high: number }

/** The normal quantile of 95%, both sides. */
export const z95 = 1.959964

/** Wilson's 95% interval of a share of `count` in `of`; all that is possible where there is nobody. */
export function wilson(count: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const share = count / of
  const middle = share + z95 ** 2 / (2 * of)
  const half = z95 * Math.sqrt((share * (1 - share)) / of + z95 ** 2 / (4 * of ** 2))
  const all = 1 + z95 ** 2 / of
  return { low: Math.max(0, (middle - half) / all), high: Math.min(1, (middle + half) / all) }
}

/**
 * The 95% interval of how much greater the second share is than the first, by Newcombe's hybrid score method with continuity correction (Stat
 * Med 1998;17:873, method 11). The correction makes it a little wide, so that where there is no difference at most 5% of tests find one.
 */
export function differenceOfShares(first: { count: number; of: number }, second: { count: number; of: number }): Interval {
  if (first.of === 0 || second.of === 0) return { low: -1, high: 1 }
  const [before, after] = [first.count / first.of, second.count / second.of]
  const [a, b] = [corrected(first.count, first.of), corrected(second.count, second.of)]
  const difference = after - before
  return {
    low: Math.max(-1, difference - Math.hypot(after - b.low, a.high - before)),
    high: Math.min(1, difference + Math.hypot(b.high - after, before - a.low)),
  }
}

/** Wilson's interval with continuity correction (the same, formula 4). */
function corrected(count: number, of: number): Interval {
  const share = count / of
  const end = (sign: 1 | -1) => {
    const root = Math.sqrt(z95 ** 2 + sign * 2 - 1 / of + 4 * share * (of * (1 - share) - sign))
    return (2 * of * share + z95 ** 2 + sign * (1 + z95 * root)) / (2 * (of + z95 ** 2))
  }
  return { low: count === 0 ? 0 : Math.max(0, end(-1)), high: count === of ? 1 : Math.min(1, end(1)) }
}
