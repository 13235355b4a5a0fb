import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { differenceOfDays, meanDaysToPay } from '../../../src/dunning/experiments/days-to-pay.ts'
import { differenceOfShares, wilson } from '../../../src/dunning/experiments/intervals.ts'
import { variantFor } from '../../../src/dunning/experiments/split.ts'

const rounded = ({ low, high }: { low: number; high: number }) => [low.toFixed(4), high.toFixed(4)]

const paid = (days: number) => ({ days, paid: true, watched: 40 })
const open = (watched: number) => ({ days: watched, paid: false, watched })

test('intervals agree with the published examples of their methods', () => {
  // Newcombe 1998: 81 of 263 and 1 of 29 (table II, methods 3); 56/70 and 48/80, 9/10 and 3/10 (table II, method 11).
  assert.deepEqual(rounded(wilson(81, 263)), ['0.2553', '0.3662'])
  assert.deepEqual(rounded(wilson(1, 29)), ['0.0061', '0.1718'])
  assert.deepEqual(rounded(differenceOfShares({ count: 48, of: 80 }, { count: 56, of: 70 })), ['0.0428', '0.3422'])
  assert.deepEqual(rounded(differenceOfShares({ count: 3, of: 10 }, { count: 9, of: 10 })), ['0.1013', '0.8387'])
  assert.deepEqual(
    [wilson(0, 0), differenceOfShares({ count: 0, of: 0 }, { count: 1, of: 1 })],
    [
      { low: 0, high: 1 },
      { low: -1, high: 1 },
    ],
  )
})

test('where nothing is different, at most one test in twenty finds a difference: every outcome of two groups is weighed', () => {
  for (const [n, m] of [
    [20, 20],
    [45, 60],
  ] as const) {
    const finds = Array.from({ length: n + 1 }, (_, x) =>
      Array.from({ length: m + 1 }, (__, y) => {
        const { low, high } = differenceOfShares({ count: x, of: n }, { count: y, of: m })
        return low > 0 || high < 0
      }),
    )
    for (const share of [0.03, 0.1, 0.25, 0.5, 0.8]) {
      const [px, py] = [binomial(n, share), binomial(m, share)]
      const wrong = px.reduce((sum, x, i) => sum + x * py.reduce((inner, y, j) => inner + (finds[i]?.[j] ? y : 0), 0), 0)

      assert.ok(wrong <= 0.05, `${n}, ${m}, ${share}: ${wrong}`)
    }
  }
})

test('days to pay count the unpaid for as long as they were watched, and nobody for more than thirty', () => {
  const all = [paid(2), paid(4), paid(6)]
  const byHand = [paid(1), open(2), paid(3), open(40)] // left: 3/4 after a day, 3/8 after three

  assert.equal(meanDaysToPay(all)?.mean.toFixed(9), '4.000000000')
  assert.deepEqual(meanDaysToPay([open(40)]), { upTo: 30, mean: 30, variance: 0 })
  assert.equal(meanDaysToPay(byHand)?.mean.toFixed(6), (1 + 2 * 0.75 + 27 * 0.375).toFixed(6))
  assert.deepEqual([meanDaysToPay([]), meanDaysToPay([open(0)])], [undefined, undefined])
  const slower = differenceOfDays(all, [paid(12), paid(14), paid(16)])
  assert.equal(slower?.days.toFixed(9), '10.000000000')
  assert.ok(slower && slower.interval.low > 0 && slower.interval.high < 20)
  // Both are compared over what both were watched.
  assert.equal(differenceOfDays(all, [open(3)])?.days.toFixed(4), (3 - 8 / 3).toFixed(4))
})

test('a unit keeps its variant, halves are even, and experiments do not follow each other', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const names = [`${one}1`, `${other}2`] as const
      const units = Array.from({ length: 2000 }, (_, id) => `debtor:${id}`)
      const [first, second] = names.map(name => units.map(unit => variantFor(name, unit)))
      const inA = (first ?? []).filter(each => each === 'a').length
      const same = (first ?? []).filter((each, index) => each === second?.[index]).length

      assert.deepEqual(
        units.toReversed().map(unit => variantFor(names[0], unit)),
        first?.toReversed(),
      )
      for (const count of [inA, same]) assert.ok(Math.abs(count - 1000) < 6.5 * Math.sqrt(500), `${names.join()}: ${count}`) // once in 10^10
    }),
    { numRuns: 10 },
  )
})

/** The chance of each count. */
function binomial(of: number, share: number): number[] {
  const chances = [(1 - share) ** of]
  for (let count = 1; count <= of; count++) chances.push(((chances[count - 1] ?? 0) * (of - count + 1) * share) / (count * (1 - share)))
  return chances
}
