import { z } from 'zod'

/** A message that stands; `shown`: hash of what it says, null where that is not known. */
export type Standing = { id: string; shown: string | null }

export const partsSchema = z.array(z.object({ id: z.string(), shown: z.string().nullable() }))

/** What brings the messages of a copy one step nearer to what they are to say. `index`: 0 is the card's own message, others follow it. */
export type Step = { kind: 'write'; index: number } | { kind: 'change'; index: number; id: string } | { kind: 'remove'; index: number; id: string }

/** The next step, and whether it is the last; undefined when all is as it is to be. `wanted`: hashes of the messages that are to stand, in order. */
export function nextStep(standing: readonly Standing[], wanted: readonly string[]): { step: Step; isLast: boolean } | undefined {
  const steps: Step[] = []
  for (const [index, shown] of wanted.entries()) {
    const there = standing[index]
    if (!there) steps.push({ kind: 'write', index })
    else if (there.shown !== shown) steps.push({ kind: 'change', index, id: there.id })
  }
  // From the end, so that what is left stays in order.
  for (const [index, { id }] of [...standing.entries()].toReversed()) if (index >= wanted.length) steps.push({ kind: 'remove', index, id })
  const [step] = steps
  return step && { step, isLast: steps.length === 1 }
}
