import { type Intent, intents } from '../reading.ts'
import { bucketCount, extractFeatures, type Features, type MailFeatures, type TextToClassify } from './features.ts'
import { type Calibration, type ClassifierModel, modelVersion, scoreFeatures, sigmoid } from './model.ts'

/** A mail to learn from and the story underneath; mails of one `fold` are judged by a model that never saw them. */
export type Example = TextToClassify & { intents: Intent[]; situation: string; fold: number }

type Prepared = { features: MailFeatures; labels: Uint8Array; situation: string; fold: number }
type Weights = { rows: Int32Array; weights: Float32Array; biases: Float32Array }

const epochs = 15
const learningRate = 0.3
const shrink = 0.00003
const positiveWeight = 2.5
/** Words that only one story has, told in however many languages, teach nothing about the next story. */
const fewestSituations = 2
const width = intents.length

/**
 * Trains one logistic regression an intent on the examples, then fits each one's calibration on scores that models of the
 * other folds gave. Deterministic: the same examples give the same model, byte for byte.
 */
export const fitClassifier = (examples: Example[], corpusHash: string): ClassifierModel => {
  const prepared = examples.map(prepare)
  const folds = [...new Set(examples.map(({ fold }) => fold))].toSorted((a, b) => a - b)
  const outside = folds.flatMap(fold => {
    const model = fitWeights(prepared.filter(example => example.fold !== fold))
    return prepared.filter(example => example.fold === fold).map(example => ({ labels: example.labels, ...scoresOf(model, example.features) }))
  })
  const calibration = intents.map((_intent, column) =>
    fitCalibration(outside.map(({ labels, whole, best }) => ({ label: labels[column] ?? 0, whole: whole[column] ?? 0, best: best[column] ?? 0 }))),
  )
  return quantize(fitWeights(prepared), calibration, corpusHash)
}

const prepare = (example: Example): Prepared => ({
  features: extractFeatures(example),
  labels: Uint8Array.from(intents, intent => (example.intents.includes(intent) ? 1 : 0)),
  situation: example.situation,
  fold: example.fold,
})

const scoresOf = (fitted: Weights, features: MailFeatures): { whole: Float64Array; best: Float64Array } => {
  const model = quantize(fitted, [], '')
  const whole = scoreFeatures(model, features.whole)
  const sentences = features.sentences.map(sentence => scoreFeatures(model, sentence.features))
  const best = whole.map((score, column) => (sentences.length === 0 ? score : Math.max(...sentences.map(scores => scores[column] ?? 0))))
  return { whole, best }
}

const knownRows = (examples: Prepared[]): Int32Array => {
  const situations = Array.from({ length: bucketCount }, () => new Set<string>())
  for (const { features, situation } of examples) for (const bucket of features.whole.buckets) situations[bucket]?.add(situation)
  let next = 0
  return Int32Array.from(situations, known => (known.size >= fewestSituations ? next++ : -1))
}

const fitWeights = (examples: Prepared[]): Weights => {
  const rows = knownRows(examples)
  const height = Math.max(0, ...rows) + 1
  const weights = new Float32Array(height * width)
  const squares = new Float32Array(height * width).fill(1e-6)
  const biases = new Float32Array(width).fill(-2)
  const random = randomNumbers(20260518)
  const order = examples.map((_example, at) => at)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    const rate = learningRate / (1 + epoch / 8)
    for (const at of order) {
      const example = examples[at]
      if (example !== undefined) learn(example, rows, weights, squares, biases, rate)
    }
  }
  return { rows, weights, biases }
}

/** One AdaGrad step on one mail, for all intents at once. */
const learn = ({ features, labels }: Prepared, rows: Int32Array, weights: Float32Array, squares: Float32Array, biases: Float32Array, rate: number) => {
  const errors = errorsOf(features.whole, labels, rows, weights, biases)
  for (let intent = 0; intent < width; intent++) biases[intent] = (biases[intent] ?? 0) - rate * 0.05 * (errors[intent] ?? 0)
  const { buckets, values } = features.whole
  for (let at = 0; at < buckets.length; at++) {
    const row = rows[buckets[at] ?? 0] ?? -1
    if (row < 0) continue
    const value = values[at] ?? 0
    for (let intent = 0; intent < width; intent++) {
      const cell = row * width + intent
      const weight = weights[cell] ?? 0
      const slope = (errors[intent] ?? 0) * value + shrink * weight
      const square = (squares[cell] ?? 0) + slope * slope
      squares[cell] = square
      weights[cell] = weight - (rate * slope) / (Math.sqrt(square) + 0.05)
    }
  }
}

const errorsOf = ({ buckets, values }: Features, labels: Uint8Array, rows: Int32Array, weights: Float32Array, biases: Float32Array): Float64Array => {
  const scores = Float64Array.from(biases)
  for (let at = 0; at < buckets.length; at++) {
    const row = rows[buckets[at] ?? 0] ?? -1
    if (row < 0) continue
    const value = values[at] ?? 0
    for (let intent = 0; intent < width; intent++) scores[intent] = (scores[intent] ?? 0) + value * (weights[row * width + intent] ?? 0)
  }
  return scores.map((score, intent) => {
    const error = sigmoid(score) - (labels[intent] ?? 0)
    return labels[intent] === 1 ? error * positiveWeight : error
  })
}

const calibrationSteps = 400
const calibrationShrink = 0.5

/** Two-score Platt scaling by gradient descent, with Platt's smoothed targets; an intent without examples keeps its raw score. */
const fitCalibration = (points: { label: number; whole: number; best: number }[]): Calibration => {
  const positives = points.filter(({ label }) => label === 1).length
  if (positives < 2) return { whole: 1, best: 0, offset: 0 }
  const fit: Calibration = { whole: 0.7, best: 0.3, offset: 0 }
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (points.length - positives + 2)]
  const scale = 1 / points.length
  for (let step = 0; step < calibrationSteps; step++) {
    let [whole, best, offset] = [calibrationShrink * scale * (fit.whole - 0.7), calibrationShrink * scale * (fit.best - 0.3), 0]
    for (const point of points) {
      const error = (sigmoid(fit.whole * point.whole + fit.best * point.best + fit.offset) - (point.label === 1 ? high : low)) * scale
      whole += error * point.whole
      best += error * point.best
      offset += error
    }
    fit.whole = Math.max(0, fit.whole - whole * 0.5)
    fit.best = Math.max(0, fit.best - best * 0.5)
    fit.offset -= offset * 2
  }
  return { whole: round(fit.whole), best: round(fit.best), offset: round(fit.offset) }
}

/** Weights as whole steps of -127 to 127, each intent with a step of its own. */
const quantize = ({ rows, weights, biases }: Weights, calibration: Calibration[], corpusHash: string): ClassifierModel => {
  const scales = new Float32Array(width)
  for (let cell = 0; cell < weights.length; cell++) {
    const column = cell % width
    scales[column] = Math.max(scales[column] ?? 0, Math.abs(weights[cell] ?? 0) / 127)
  }
  const steps = Int8Array.from(weights, (weight, cell) => Math.round(weight / (scales[cell % width] || 1)))
  return { version: modelVersion, corpusHash, rows, weights: steps, scales, biases, calibration }
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6

const shuffle = (order: number[], random: () => number) => {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const kept = order[at] ?? 0
    order[at] = order[other] ?? 0
    order[other] = kept
  }
}

/** Mulberry32: numbers from 0 to 1 that are the same on every machine. */
const randomNumbers = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
}
