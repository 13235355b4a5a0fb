import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeRecord, looks, lowerBound, risk, target } from '../../../src/proposals/autonomy/bound.ts'

/** Numbers from 0 to 1 that are the same in every run (a linear congruential generator with the constants of Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const rightOnes = (n: number) => Array.from({ length: n }, () => true)
const round = (value: number) => Number(value.toFixed(4))

test('the lower bound is the exact one of Clopper and Pearson', () => {
  const known = [
    [0, 0, 0],
    [10, 0, 0],
    [1, 1, 0.05],
    [30, 30, 0.905],
    [59, 59, 0.9505],
    [58, 58, 0.9497],
    [299, 299, 0.99],
    [93, 92, 0.95],
    [153, 150, 0.9501],
    [100, 90, 0.8363],
    [10, 5, 0.2224],
    [20_000, 19_000, 0.9474],
  ] as const

  const bounds = known.map(([n, good]) => round(lowerBound(n, good)))

  assert.deepEqual(
    bounds,
    known.map(([, , bound]) => bound),
  )
})

test('a record is looked at where none, one, two ... bad cases reach the target, and passes only as far as all looks together stay within the risk', () => {
  const [first, second, third, fourth] = looks()

  assert.deepEqual(
    looks()
      .slice(0, 8)
      .map(({ n }) => n),
    [59, 93, 124, 153, 181, 208, 234, 260],
  ) // prettier-ignore
  for (const [bad, { n }] of looks().entries()) assert.ok(lowerBound(n, n - bad) >= target && lowerBound(n - 1, n - 1 - bad) < target, String(n))
  assert.ok(looks().every(({ n, passesWith }) => passesWith < 0 || lowerBound(n, n - passesWith) >= target))
  assert.deepEqual([first?.passesWith, second?.passesWith, third?.passesWith, fourth?.passesWith], [0, 0, 0, 1])
  assert.ok(chanceToPass(target) <= risk, String(chanceToPass(target)))
  assert.ok(chanceToPass(target) > 0.99 * risk, 'the risk is used, else good combinations would wait in vain')
})

/** The exact chance that a combination of this true rate ever passes, by counting every path. */
function chanceToPass(rate: number): number {
  let [chances, passed] = [[1], 0]
  const last = looks().at(-1)?.n ?? 0
  for (let n = 1; n <= last; n++) {
    chances = Array.from({ length: chances.length + 1 }, (_, bad) => (chances[bad] ?? 0) * rate + (chances[bad - 1] ?? 0) * (1 - rate))
    const passesWith = looks().find(look => look.n === n)?.passesWith ?? -1
    for (let bad = 0; bad <= passesWith; bad++) {
      passed += chances[bad] ?? 0
      chances[bad] = 0
    }
  }
  return passed
}

test('a pass stands until the next bad case, and then the next look that can still be passed is named', () => {
  assert.deepEqual(judgeRecord([]), { n: 0, unchanged: 0, bound: 0, passedAt: null, nextLook: 59 })
  assert.deepEqual([judgeRecord(rightOnes(58)).passedAt, judgeRecord(rightOnes(59)).passedAt, judgeRecord(rightOnes(92)).passedAt], [null, 59, 59])
  const broken = judgeRecord([...rightOnes(70), false])
  assert.deepEqual([broken.passedAt, broken.nextLook, broken.unchanged], [null, 153, 70])
  assert.equal(judgeRecord([...rightOnes(70), false, ...rightOnes(82)]).passedAt, 153)
  assert.equal(judgeRecord([false, ...rightOnes(151)]).passedAt, null)
  assert.equal(judgeRecord([...rightOnes(30), ...Array.from({ length: 200 }, () => false)]).nextLook, null)
})

/** One history of decisions: its true rate of good cases may move. */
type History = { rateAt: (n: number) => number }

/** With how many bad cases a record passes at which look: as it was decided, and as each look by itself would let it. */
const asDecided = new Map(looks().map(({ n, passesWith }) => [n, passesWith]))
const eachByItself = new Map(looks().map(({ n }, index) => [n, index]))

/** Plays a history to its end; says how large its true share of good cases was, on average, when it passed, if it did. */
function play({ rateAt }: History, length: number, random: () => number, due = asDecided): { average: number; now: number } | undefined {
  let [bad, sum] = [0, 0]
  for (let n = 1; n <= length; n++) {
    sum += rateAt(n)
    if (random() >= rateAt(n)) bad += 1
    if (bad <= (due.get(n) ?? -1)) return { average: sum / n, now: rateAt(n) }
  }
  return undefined
}

test('over thousands of histories at, around and below the target fewer than one in twenty is wrongly promoted', t => {
  const random = seeded(20_261_122)
  const steady = [0.5, 0.8, 0.9, 0.93, 0.94].map(rate => ({ name: String(rate), rateAt: () => rate }))
  const drifting = [
    { name: '0.97 sinking to 0.85', rateAt: (n: number) => Math.max(0.85, 0.97 - n / 2000) },
    { name: '0.90, better from 150 on', rateAt: (n: number) => (n < 150 ? 0.9 : 0.945) },
    { name: 'waves around 0.935', rateAt: (n: number) => 0.935 + 0.03 * Math.sin(n / 15) },
    { name: 'good days, bad days', rateAt: (n: number) => (n % 20 < 10 ? 0.995 : 0.89) },
  ]
  const measured = [...steady, ...drifting].map(history => {
    const passed = Array.from({ length: 1000 }, () => play(history, 700, random)).filter(found => found !== undefined)
    return { name: history.name, wrong: passed.filter(({ average }) => average < target).length / 1000 }
  })

  const atTheTarget = (due: Map<number, number>) =>
    Array.from({ length: 2000 }, () => play({ rateAt: () => 0.9495 }, 700, random, due)).filter(Boolean).length / 2000
  const [decided, naive] = [atTheTarget(asDecided), atTheTarget(eachByItself)]
  for (let nth = 0; nth < 200; nth++) {
    const cases = Array.from({ length: 400 }, () => random() < 0.985)
    const passed = looks().find(({ n, passesWith }) => cases.slice(0, n).filter(good => !good).length <= passesWith && n <= cases.length)
    const judged = passed && judgeRecord(cases.slice(0, passed.n)).passedAt
    assert.equal(judged, passed?.n, 'what is simulated is what decides')
  }

  const promoted = Array.from({ length: 1000 }, () => play({ rateAt: () => 0.995 }, 700, random)).filter(found => found !== undefined).length / 1000

  t.diagnostic(`wrong promotions: ${measured.map(({ name, wrong }) => `${name}: ${(100 * wrong).toFixed(1)}%`).join(', ')}; right ones at 0.995: ${promoted}`)
  assert.ok(decided < 1.2 * risk && naive > 2 * risk, `just below the target ${decided}, and ${naive} if each look counted by itself`)
  for (const { name, wrong } of measured) assert.ok(wrong < risk, `${name}: ${wrong}`)
  assert.ok(promoted > 0.9, `a good combination gets there: ${promoted}`)
})

test('what gets worse after its promotion is found by the cases that are asked all the same', t => {
  const random = seeded(7)
  /** Cases until the first bad one is seen: those that are asked, and those of the others that somebody undoes. */
  const untilSeen = (rate: number, undone: number): number => {
    for (let n = 1; ; n++) if (random() >= rate && random() < 0.05 + 0.95 * undone) return n
  }
  const median = (rate: number, undone: number) => Array.from({ length: 1001 }, () => untilSeen(rate, undone)).toSorted((a, b) => a - b)[500] ?? 0

  const found = [0.5, 0.8, 0.9].map(rate => ({ rate, alone: median(rate, 0), watched: median(rate, 0.2) }))

  t.diagnostic(found.map(({ rate, alone, watched }) => `${rate}: ${alone} cases by asking 5%, ${watched} where a fifth is undone`).join('; '))
  // A geometric distribution's median is ln 2 / (0.05 (1 - rate)).
  for (const { rate, alone, watched } of found) {
    assert.ok(Math.abs(alone / (Math.LN2 / (0.05 * (1 - rate))) - 1) < 0.2, `${rate}: ${alone}`)
    assert.ok(watched < alone / 3, `${rate}: ${watched}`)
  }
})
