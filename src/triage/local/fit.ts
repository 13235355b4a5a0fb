import { extractFeatures, type Features, type MailFeatures, merge, type TextToClassify, weighFeatures } from './features.ts'
import { bucketCount, importanceStep } from './hash.ts'
import { type Calibration, type ClassifierModel, modelVersion, sigmoid } from './model.ts'
import { rivalOf, scoreMail } from './score-mail.ts'
import { solveSymmetric } from './solve.ts'

/**
 * A text to learn from and the story underneath. Texts of one `fold` are judged by a model that never saw them, to calibrate
 * by; one without a fold is learned from only.
 */
export type Example = TextToClassify & { labels: readonly string[]; situation: string; fold: number | undefined }

type Prepared = { raw: MailFeatures; labels: Float64Array; situation: string; fold: number | undefined; features: Features }
type Weights = { weights: Float32Array; biases: Float32Array }
type Scored = { labels: Float64Array; whole: Float64Array; best: Float64Array }

/** How far the weights are held back, as a share of what a text has with itself; measured on the training folds. */
const shrink = 0.15
/** Words that only one story has, told in however many languages, teach nothing about the next story. */
const fewestSituations = 2
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
  const likeness = compare(prepared)
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
    const others = [...prepared.keys()].filter(at => prepared[at]?.fold !== fold)
    const model = toModel(fitWeights(prepared, others, likeness, classes), [])
    return prepared.filter(example => example.fold === fold).map(example => scoresOf(model, example))
  })
  const calibration = classes.map((_class, column) => fitCalibration(outside.map(scored => pointOf(scored, column))))
  return toModel(fitWeights(prepared, [...prepared.keys()], likeness, classes), calibration)
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
  const prepared = examples.map(({ labels, situation, fold }, at): Prepared => {
    const raw = raws[at] as MailFeatures
    const wanted = Float64Array.from(classes, name => (labels[0] === name ? 1 : labels.includes(name) ? secondLabel : 0))
    return { raw, labels: wanted, situation, fold, features: weighFeatures(merge(raw.parts), importance) }
  })
  return { prepared, importance }
}

/** Inverse document frequency in steps that a byte holds. */
const rarity = (all: number, having: number): number => Math.round((Math.log((1 + all) / (1 + having)) + 0.3) / importanceStep)

/** What each text has in common with each other one: the products of their features, as a square matrix. */
const compare = (prepared: Prepared[]): Float64Array => {
  const size = prepared.length
  const holders = Array.from({ length: bucketCount }, () => ({ texts: [] as number[], values: [] as number[] }))
  for (const [at, { features }] of prepared.entries()) {
    for (const [place, bucket] of features.buckets.entries()) {
      holders[bucket]?.texts.push(at)
      holders[bucket]?.values.push(features.values[place] ?? 0)
    }
  }
  const likeness = new Float64Array(size * size)
  for (const { texts, values } of holders) {
    for (const [one, text] of texts.entries()) {
      const value = values[one] ?? 0
      for (let other = 0; other <= one; other++) {
        const cell = text * size + (texts[other] ?? 0)
        likeness[cell] = (likeness[cell] ?? 0) + value * (values[other] ?? 0)
      }
    }
  }
  return likeness
}

const fitWeights = (prepared: Prepared[], chosen: number[], likeness: Float64Array, classes: readonly string[]): Weights => {
  const width = classes.length
  const size = chosen.length
  let own = 0
  for (const at of chosen) own += likeness[at * prepared.length + at] ?? 0
  const held = (shrink * own) / size
  const firstOf = (at: number) => prepared[at]?.labels.indexOf(1) ?? 0
  const examplesOf = Map.groupBy(chosen, firstOf)
  const voice = (at: number) => (size / classes.length / (examplesOf.get(firstOf(at))?.length ?? 1)) ** fairness
  const system = new Float64Array(size * size)
  for (const [row, at] of chosen.entries()) {
    // The one that is added everywhere stands for the bias.
    for (let column = 0; column <= row; column++) system[row * size + column] = (likeness[at * prepared.length + (chosen[column] ?? 0)] ?? 0) + 1
    system[row * size + row] = (system[row * size + row] ?? 0) + held / voice(at)
  }
  const shares = solveSymmetric(
    system,
    size,
    classes.map((_class, column) => Float64Array.from(chosen, at => prepared[at]?.labels[column] ?? 0)),
  )
  const weights = new Float32Array(bucketCount * width)
  for (const [place, at] of chosen.entries()) {
    const { buckets, values } = prepared[at]?.features ?? { buckets: [], values: [] }
    for (const [feature, bucket] of buckets.entries()) {
      const from = bucket * width
      for (let column = 0; column < width; column++) {
        weights[from + column] = (weights[from + column] ?? 0) + (shares[column]?.[place] ?? 0) * (values[feature] ?? 0)
      }
    }
  }
  return { weights, biases: Float32Array.from(shares, share => share.reduce((sum, value) => sum + value, 0)) }
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
        for (let column = 0; column <= row; column++) {
          curves[row * count + column] = (curves[row * count + column] ?? 0) + weight * held * (1 - held) * signal * (signals[column] ?? 0)
        }
      }
    }
    const [change] = solveSymmetric(curves, count, [Float64Array.from(slopes)])
    for (let at = 0; at < count; at++) fit[at] = (fit[at] ?? 0) - (change?.[at] ?? 0)
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
