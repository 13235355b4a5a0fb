import { blocks, blockWeights, type MailFeatures } from './features.ts'
import { bucketCount, importanceStep } from './hash.ts'
import type { ClassifierModel } from './model.ts'

/** Scores (about 0 to 1, not yet calibrated), one a class in their order: of the whole mail, and of each sentence alone. */
export type MailScores = { whole: Float64Array; sentences: Float64Array[] }

// The turn that met a bucket last, so nothing is cleared between parts. Small numbers: what is looked up at random has to
// stay in the processor's cache, or a look-up costs more than the sum.
const met = new Uint16Array(bucketCount)
let turn = 0
const mostTurns = 65_535

/**
 * Scores a mail and its sentences in one pass: the whole is the sum of its parts without what they repeat. A block's features
 * are brought to the same length in each of them, so a long sentence does not shout down a short one.
 */
export const scoreMail = (model: ClassifierModel, { parts, sentences }: MailFeatures): MailScores => {
  const width = model.classes.length
  const whole = new Float64Array(width)
  const scores = sentences.map(() => new Float64Array(width))
  const [ofMail, ofPart, repeated] = [new Int32Array(width), new Int32Array(width), new Int32Array(width)]
  for (const block of blocks) {
    if (turn + parts.length >= mostTurns) startTurnsAnew()
    const before = turn
    let squaresOfMail = 0
    ofMail.fill(0)
    repeated.fill(0)
    for (const [place, part] of parts.entries()) {
      const buckets = part[block]
      if (buckets.length === 0) continue
      ofPart.fill(0)
      const squares = addPart(model, buckets, before, ofPart, repeated)
      for (let at = 0; at < width; at++) ofMail[at] = ((ofMail[at] as number) + (ofPart[at] as number)) | 0
      squaresOfMail += squares.ofMail
      const score = scores[place]
      // The subject and the shape are part of the mail, but no sentence.
      if (score !== undefined) addScaled(score, ofPart, blockWeights[block], squares.ofPart)
    }
    for (let at = 0; at < width; at++) ofMail[at] = ((ofMail[at] as number) - (repeated[at] as number)) | 0
    addScaled(whole, ofMail, blockWeights[block], squaresOfMail)
  }
  const { scales, biases } = model
  for (const sums of [whole, ...scores]) for (let at = 0; at < width; at++) sums[at] = (sums[at] as number) * (scales[at] as number) + (biases[at] as number)
  return { whole, sentences: scores }
}

/** The best score that a mail has of another class: a class that stands alone is surer than one of two. */
export const rivalOf = (whole: Float64Array, column: number): number => {
  let best = 0
  for (let other = 0; other < whole.length; other++) if (other !== column && (whole[other] as number) > best) best = whole[other] as number
  return best
}

function startTurnsAnew(): void {
  met.fill(0)
  turn = 0
}

/**
 * Adds up one block of one part, and to the mail what no earlier part had. Importance and weights are whole numbers, so the
 * sums are exact; their squares are returned. Every place is known to be within its array, so none is checked again.
 */
function addPart(model: ClassifierModel, buckets: number[], before: number, ofPart: Int32Array, repeated: Int32Array): { ofPart: number; ofMail: number } {
  const { importance, weights } = model
  const width = ofPart.length
  const now = ++turn
  let [squares, squaresOfNew] = [0, 0]
  for (const bucket of buckets) {
    const value = importance[bucket] as number
    if (value === 0) continue
    const metLast = met[bucket] as number
    if (metLast === now) continue
    met[bucket] = now
    squares += value * value
    const from = bucket * width
    for (let at = 0; at < width; at++) ofPart[at] = ((ofPart[at] as number) + Math.imul(value, weights[from + at] as number)) | 0
    if (metLast <= before) squaresOfNew += value * value
    else for (let at = 0; at < width; at++) repeated[at] = ((repeated[at] as number) + Math.imul(value, weights[from + at] as number)) | 0
  }
  return { ofPart: squares, ofMail: squaresOfNew }
}

function addScaled(to: Float64Array, sums: Int32Array, weight: number, squares: number): void {
  const scale = (weight * importanceStep) / Math.sqrt(Math.max(1, squares * importanceStep * importanceStep))
  for (let at = 0; at < to.length; at++) to[at] = (to[at] as number) + (sums[at] as number) * scale
}
