import { extractFeatures, type Features, type MailFeatures, merge, type TextToClassify, weighFeatures } from './features.ts'
import { bucketCount, importanceStep } from './hash.ts'
import { type Calibration, type ClassifierModel, modelVersion, sigmoid } from './model.ts'
import { rivalOf, scoreMail } from './score-mail.ts'
import { solveByGradients } from './solve.ts'

/**
 * A text to learn from and the story underneath. Texts of one `fold` are judged by a model that never saw them, to calibrate
 * by; one without a fold is learned from only.
 */
export type Example = TextToClassify & { labels: readonly string[]; situation: string; fold: number | undefined }

type Prepared = { raw: MailFeatures; labels: Float64Array; fold: number | undefined; features: Features }
type Weights = { weights: Float32Array; biases: Float32Array }
type Scored = { labels: Float64Array; whole: Float64Array; best: Float64Array }

/** How far the weights are held back, as a share of what a text has with itself; measured on the training folds. */
const shrink = 0.15
/** Words that hardly any story has, told in however many languages, teach nothing about the next story. */
const fewestSituations = 3
/** What a second label of a mail counts for beside the first, so that the first is ranked first. */
const secondLabel = 0.7
/** How far a rare class is heard above a frequent one: 0 not at all, 1 until all weigh the same. */
const fairness = 0.3

/**
 * Trains the classifier: a ridge regression of the classes on the features, in its dual form (there are more features than
 * texts), and a calibration of each class on scores that models of the other folds gave. Deterministic: the same examples
 * give the same model, byte for byte.
 */
export const fitClassifier = (examples: Example[], classes: readonly string[], corpusHash: string): ClassifierModel => {
  const { prepared, importance } = prepare(examples, classes)
  const folds = [...new Set(examples.map(({ fold }) => fold))].filter(fold => fold !== undefined).toSorted((a, b) => a - b)
  const toModel = (fitted: Weights, calibration: Calibration[]): ClassifierModel => ({
    version: modelVersion,
    corpusHash,
    classes,
    importance,
    ...quantize(fitted),
    calibration,
  })
  const outside = folds.flatMap(fold => {
    const others = prepared.filter(example => example.fold !== fold)
    const model = toModel(fitWeights(others, classes), [])
    return prepared.filter(example => example.fold === fold).map(example => scoresOf(model, example))
  })
  const calibration = classes.map((_class, column) => fitCalibration(outside.map(scored => pointOf(scored, column))))
  return toModel(fitWeights(prepared, classes), calibration)
}

const prepare = (examples: Example[], classes: readonly string[]) => {
  const raws = examples.map(extractFeatures)
  const situations = Array.from({ length: bucketCount }, () => new Set<string>())
  const texts = new Uint32Array(bucketCount)
  for (const [at, { parts }] of raws.entries()) {
    for (const bucket of new Set(parts.flatMap(part => Object.values(part).flat()))) {
      situations[bucket]?.add(examples[at]?.situation ?? '')
      texts[bucket] = (texts[bucket] ?? 0) + 1
    }
  }
  const importance = Uint8Array.from(situations, ({ size }, bucket) => (size < fewestSituations ? 0 : rarity(examples.length, texts[bucket] ?? 0)))
  const prepared = examples.map(({ labels, fold }, at): Prepared => {
    const raw = raws[at] as MailFeatures
    const wanted = Float64Array.from(classes, name => (labels[0] === name ? 1 : labels.includes(name) ? secondLabel : 0))
    return { raw, labels: wanted, fold, features: weighFeatures(merge(raw.parts), importance) }
  })
  return { prepared, importance }
}

/** Inverse document frequency in steps that a byte holds. */
const rarity = (all: number, having: number): number => Math.round((Math.log((1 + all) / (1 + having)) + 0.3) / importanceStep)

const fitWeights = (chosen: Prepared[], classes: readonly string[]): Weights => {
  const width = classes.length
  const firstOf = ({ labels }: Prepared) => labels.indexOf(1)
  const examplesOf = Map.groupBy(chosen, firstOf)
  const own = chosen.reduce((sum, { features }) => sum + features.values.reduce((squares, value) => squares + value * value, 0), 0)
  const held = (shrink * own) / chosen.length
  const penalties = chosen.map(example => held / (chosen.length / width / (examplesOf.get(firstOf(example))?.length ?? 1)) ** fairness)
  const weights = new Float32Array(bucketCount * width)
  const biases = new Float32Array(width)
  for (let column = 0; column < width; column++) {
    const shares = solveByGradients(
      vector => likenessTimes(chosen, penalties, vector),
      Float64Array.from(chosen, ({ labels }) => labels[column] ?? 0),
    )
    for (const [bucket, weight] of sumFeatures(chosen, shares).entries()) weights[bucket * width + column] = weight
    biases[column] = shares.reduce((sum, value) => sum + value, 0)
  }
  return { weights, biases }
}

/** What all texts give to each bucket, each as much as its share. */
const sumFeatures = (chosen: Prepared[], shares: Float64Array): Float64Array => {
  const sums = new Float64Array(bucketCount)
  for (const [at, { features }] of chosen.entries()) {
    const { buckets, values } = features
    const share = shares[at] as number
    for (let place = 0; place < buckets.length; place++) {
      const bucket = buckets[place] as number
      sums[bucket] = (sums[bucket] as number) + share * (values[place] as number)
    }
  }
  return sums
}

/**
 * The matrix of what each text has in common with each other one, and with itself its penalty more, times a vector. The
 * matrix itself, of tens of millions of cells, is never made. The one that is added everywhere stands for the bias.
 */
const likenessTimes = (chosen: Prepared[], penalties: number[], vector: Float64Array): Float64Array => {
  const sums = sumFeatures(chosen, vector)
  const all = vector.reduce((sum, value) => sum + value, 0)
  return Float64Array.from(chosen, ({ features: { buckets, values } }, at) => {
    let product = all + (penalties[at] as number) * (vector[at] as number)
    for (let place = 0; place < buckets.length; place++) product += (sums[buckets[place] as number] as number) * (values[place] as number)
    return product
  })
}

const scoresOf = (model: ClassifierModel, { labels, raw }: Prepared): Scored => {
  const { whole, sentences } = scoreMail(model, raw)
  return { labels, whole, best: whole.map((score, column) => Math.max(...(sentences.length === 0 ? [score] : sentences.map(scores => scores[column] ?? 0)))) }
}

type Point = { isMeant: boolean; signals: number[] }
const pointOf = ({ labels, whole, best }: Scored, column: number): Point => ({
  isMeant: (labels[column] ?? 0) > 0,
  signals: [whole[column] ?? 0, best[column] ?? 0, rivalOf(whole, column), 1],
})

const calibrationSteps = 30
const calibrationShrink = 0.02
/** Asserting a class too few costs as much as one too many: without this, confidences stay on the careful side of one half. */
const meantWeight = 1.2

/** Platt scaling of three scores by Newton's method; a class without examples is never asserted. */
const fitCalibration = (points: Point[]): Calibration => {
  const fit = [4, 2, 0, -3]
  const count = fit.length
  if (points.filter(({ isMeant }) => isMeant).length < 2) return { whole: 0, best: 0, rival: 0, offset: -5 }
  for (let step = 0; step < calibrationSteps; step++) {
    const slopes = fit.map(value => calibrationShrink * value)
    const curves = new Float64Array(count * count)
    for (let at = 0; at < count; at++) curves[at * count + at] = calibrationShrink
    for (const { isMeant, signals } of points) {
      const weight = isMeant ? meantWeight : 1
      const held = sigmoid(signals.reduce((sum, signal, at) => sum + signal * (fit[at] ?? 0), 0))
      const error = weight * (held - (isMeant ? 1 : 0))
      for (const [row, signal] of signals.entries()) {
        slopes[row] = (slopes[row] ?? 0) + error * signal
        for (let column = 0; column < count; column++) {
          curves[row * count + column] = (curves[row * count + column] ?? 0) + weight * held * (1 - held) * signal * (signals[column] ?? 0)
        }
      }
    }
    const times = (vector: Float64Array) =>
      vector.map((_value, row) => vector.reduce((sum, value, column) => sum + (curves[row * count + column] ?? 0) * value, 0))
    const change = solveByGradients(times, Float64Array.from(slopes))
    for (let at = 0; at < count; at++) fit[at] = (fit[at] ?? 0) - (change[at] ?? 0)
  }
  const [whole = 0, best = 0, rival = 0, offset = 0] = fit.map(value => Math.round(value * 1e6) / 1e6)
  return { whole, best, rival, offset }
}

/** Weights as whole steps of -127 to 127, each class with a step of its own. */
const quantize = ({ weights, biases }: Weights): Pick<ClassifierModel, 'weights' | 'scales' | 'biases'> => {
  const width = biases.length
  const scales = new Float32Array(width)
  for (let cell = 0; cell < weights.length; cell++) {
    const column = cell % width
    scales[column] = Math.max(scales[column] ?? 0, Math.abs(weights[cell] ?? 0) / 127)
  }
  const steps = Int8Array.from(weights, (weight, cell) => Math.round(weight / (scales[cell % width] || 1)))
  return { weights: steps, scales, biases }
}
