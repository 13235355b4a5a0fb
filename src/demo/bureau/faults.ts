import { seededRandom } from '../seeded-random.ts'

/** What may go wrong with an answer. `lost`: the connection ends before it. */
export type Fault = 'too_many' | 'error' | 'not_json' | 'lost'

const kinds: Fault[] = ['too_many', 'error', 'not_json', 'lost']

/** Faults by chance, the same for a seed: of `share` (0 to 1) of the calls. A call that failed goes through when it comes again. */
export function chanceFaults(share: number, seed = 1): (call: string) => Fault | undefined {
  const random = seededRandom(seed)
  const struck = new Set<string>()
  return call => {
    if (random() >= share || struck.has(call)) return undefined
    struck.add(call)
    return kinds[Math.floor(random() * kinds.length)]
  }
}
