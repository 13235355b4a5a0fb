import type { Clock } from '#platform'

/** Tells whether somebody asks too often. */
export type Limit = (address: string, cost: number) => boolean

const [window, most, mostAddresses] = [60_000, 120, 20_000]

/**
 * Counts what each address costs in a minute, in this process alone: tokens cannot be guessed, so this only keeps noise down. True from the
 * request on that was one too many.
 */
export function createLimit(clock: Clock): Limit {
  let since = 0
  let costs = new Map<string, number>()
  return (address, cost) => {
    const now = clock.now().epochMilliseconds
    if (now - since >= window || costs.size > mostAddresses) [since, costs] = [now, new Map()]
    const sum = (costs.get(address) ?? 0) + cost
    costs.set(address, sum)
    return sum > most
  }
}
