import { intents } from '../reading.ts'
import { type Block, type Buckets, blocks, blockWeights, bucketCount, type MailFeatures } from './features.ts'
import type { ClassifierModel } from './model.ts'

/** Scores (about 0 to 1, not yet calibrated), one an intent in their order: of the whole mail, and of each sentence alone. */
export type MailScores = { whole: Float64Array; sentences: Float64Array[] }

const width = intents.length
// Which bucket the mail, and the part at hand, have already: by the number of the turn that met it last, so nothing is cleared.
const metInMail = new Uint32Array(bucketCount)
const metInPart = new Uint32Array(bucketCount)
let turn = 0
const mostTurns = 4_000_000_000 // as a Uint32 holds, with room for one more mail

function startTurnsAnew(): void {
  metInMail.fill(0)
  metInPart.fill(0)
  turn = 0
}

/**
 * Scores a mail and its sentences in one pass: the whole is the sum of its parts without what they repeat. A block's features
 * are brought to the same length in each of them, so a long sentence does not shout down a short one.
 */
export const scoreMail = (model: ClassifierModel, { parts, sentences }: MailFeatures): MailScores => {
  if (turn > mostTurns) startTurnsAnew()
  const whole = new Float64Array(width)
  const scores = sentences.map(() => new Float64Array(width))
  for (const block of blocks) addBlock(model, block, parts, whole, scores)
  const { scales, biases } = model
  for (const sums of [whole, ...scores])
    for (let intent = 0; intent < width; intent++) sums[intent] = (sums[intent] ?? 0) * (scales[intent] ?? 0) + (biases[intent] ?? 0)
  return { whole, sentences: scores }
}

function addBlock({ rows, weights, importance }: ClassifierModel, block: Block, parts: Buckets[], whole: Float64Array, scores: Float64Array[]): void {
  const ofThisMail = ++turn
  const ofMail = new Float64Array(width)
  let squaresOfMail = 0
  for (const [place, part] of parts.entries()) {
    const ofPart = new Float64Array(width)
    let squares = 0
    const ofThisPart = ++turn
    // The innermost loop of triage: every place is known to be within its array, so none is checked again.
    for (const bucket of part[block]) {
      const value = importance[bucket] as number
      if (value === 0 || metInPart[bucket] === ofThisPart) continue
      metInPart[bucket] = ofThisPart
      const isNew = (metInMail[bucket] as number) < ofThisMail
      metInMail[bucket] = ofThisMail
      squares += value * value
      if (isNew) squaresOfMail += value * value
      const from = (rows[bucket] as number) * width
      if (from < 0) continue
      for (let intent = 0; intent < width; intent++) (ofPart[intent] as number) += value * (weights[from + intent] as number)
      if (!isNew) for (let intent = 0; intent < width; intent++) (ofMail[intent] as number) -= value * (weights[from + intent] as number)
    }
    for (let intent = 0; intent < width; intent++) (ofMail[intent] as number) += ofPart[intent] as number
    addScaled(scores[place], ofPart, block, squares)
  }
  addScaled(whole, ofMail, block, squaresOfMail)
}

function addScaled(to: Float64Array | undefined, sums: Float64Array, block: Block, squares: number): void {
  if (to === undefined) return // the subject and the shape are part of the mail, but no sentence
  const scale = blockWeights[block] / Math.sqrt(Math.max(1, squares))
  for (let intent = 0; intent < width; intent++) (to[intent] as number) += (sums[intent] as number) * scale
}
