// The arithmetic of earned autonomy. A case is good when a person approved an action without a change of fact, amount or recipient.

/** How large the true share of good cases must at least be. */
export const target = 0.95
/** How likely a combination below the target may be to pass, over all of its looks together. */
export const risk = 0.05

/** P(at most `bad` bad cases among `n`) when each is bad with the chance `q`; summed as logarithms, so that no term underflows alone. */
function atMost(bad: number, n: number, q: number): number {
  let term = n * Math.log1p(-q)
  let sum = Math.exp(term)
  for (let i = 0; i < bad; i++) {
    term += Math.log((n - i) / (i + 1)) + Math.log(q) - Math.log1p(-q)
    sum += Math.exp(term)
  }
  return sum
}

/** Lower end of the exact one-sided 95% interval (Clopper-Pearson, 1934) for the share of good cases; 0 without any. */
export function lowerBound(n: number, good: number): number {
  if (good <= 0) return 0
  let [low, high] = [0, 1] // of the share of bad ones: the tail falls as it grows
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (atMost(n - good, n, middle) > risk) low = middle
    else high = middle
  }
  return 1 - high
}

/** A number of cases at which a record is looked at, and with how many bad ones it passes; -1: with none it would have passed before. */
export type Look = { n: number; passesWith: number }

const mostLooks = 40

/**
 * When a record is looked at: at 59, 93, 124, 153 ... cases, where no, one, two, three ... bad ones leave the lower bound at the target. To
 * pass at every one of them with as many would let through a sixth of all combinations at the target, since one look after the other
 * gives chance another try. So each look passes what leaves the chance over all looks so far at 5%.
 */
function planLooks(): Look[] {
  const looks: Look[] = []
  // chances[bad]: of a record at the target that has so many bad cases by now and has not passed.
  let chances = [1]
  let spent = 0
  for (let n = 1; looks.length < mostLooks; n++) {
    chances = Array.from({ length: chances.length + 1 }, (_, bad) => (chances[bad] ?? 0) * target + (chances[bad - 1] ?? 0) * (1 - target))
    if (atMost(looks.length, n, 1 - target) > risk) continue
    let passesWith = -1
    while (spent + (chances[passesWith + 1] ?? 1) <= risk) {
      passesWith += 1
      spent += chances[passesWith] ?? 0
      chances[passesWith] = 0
    }
    looks.push({ n, passesWith })
  }
  return looks
}

let planned: Look[] | undefined

/** Every look in order; the same on every machine. */
export const looks = (): readonly Look[] => (planned ??= planLooks())

/** `passedAt`: the look that it passed, as long as no bad case came after it. `nextLook`: when it can pass next; null when it cannot any more. */
export type RecordState = { n: number; unchanged: number; bound: number; passedAt: number | null; nextLook: number | null }

/** What a record, its cases in order, comes to. It is looked at only when a look is due, never in between. */
export function judgeRecord(cases: readonly boolean[]): RecordState {
  const at = new Map(looks().map(look => [look.n, look]))
  let [bad, passedAt]: [number, number | null] = [0, null]
  for (const [index, good] of cases.entries()) {
    if (!good) [bad, passedAt] = [bad + 1, null]
    const look = at.get(index + 1)
    if (look && bad <= look.passesWith) passedAt = look.n
  }
  const n = cases.length
  const next = looks().find(look => look.n > n && look.passesWith >= bad)
  return { n, unchanged: n - bad, bound: lowerBound(n, n - bad), passedAt, nextLook: next?.n ?? null }
}
