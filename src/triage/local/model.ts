import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { DuncanError } from '#platform'
import { disputeReasons, type Intent, intents } from '../reading.ts'
import { bucketCount } from './hash.ts'

/** A trained classifier: one row of weights a bucket, one column a class. */
export type ClassifierModel = {
  version: number
  /** SHA-256 of the corpus that it was trained on. */
  corpusHash: string
  classes: readonly string[]
  /** How much each bucket counts (its rarity, in steps of `importanceStep`), 0 for one never seen. */
  importance: Uint8Array
  weights: Int8Array
  /** What one step of a weight is worth, by class. */
  scales: Float32Array
  biases: Float32Array
  /** By class: probability = sigmoid(whole * score of the mail + best * score of its best sentence + rival * best score of another class + offset). */
  calibration: Calibration[]
}
export type Calibration = { whole: number; best: number; rival: number; offset: number }

export const modelVersion = 5

const fileSchema = z.object({
  version: z.literal(modelVersion),
  corpusHash: z.string(),
  classes: z.array(z.string()),
  scales: z.array(z.number()),
  biases: z.array(z.number()),
  calibration: z.array(z.object({ whole: z.number(), best: z.number(), rival: z.number(), offset: z.number() })),
  importance: z.base64(),
  weights: z.base64(),
})

const pack = (bytes: Int8Array | Uint8Array): string => deflateRawSync(bytes, { level: 9 }).toString('base64')
const unpack = (text: string, size: number): Buffer => inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: size })

/** The model as the text of its file: readable numbers up front, the importance of all buckets and the weights of known ones packed. */
export const encodeModel = (model: ClassifierModel): string => {
  const { version, corpusHash, classes, scales, biases, calibration, importance } = model
  const width = classes.length
  const known = [...importance.keys()].filter(bucket => importance[bucket] !== 0)
  const weights = new Int8Array(known.length * width)
  for (const [row, bucket] of known.entries()) weights.set(model.weights.subarray(bucket * width, (bucket + 1) * width), row * width)
  const packed = { importance: pack(importance), weights: pack(weights) }
  return `${JSON.stringify({ version, corpusHash, classes, scales: [...scales], biases: [...biases], calibration, ...packed }, undefined, 1)}\n`
}

/** Reads the file of a model of `classes`; one that does not fit this version of the code is refused. */
export const decodeModel = (text: string, classes: readonly string[]): ClassifierModel => {
  const parsed = fileSchema.safeParse(JSON.parse(text))
  if (!parsed.success || parsed.data.classes.join() !== classes.join()) {
    throw new DuncanError('classifier.model', 'The classifier model does not fit this version of Duncan.', 'Run "npm run train" to build it again.')
  }
  const { version, corpusHash, scales, biases, calibration, ...packed } = parsed.data
  const width = classes.length
  const importance = Uint8Array.from(unpack(packed.importance, bucketCount))
  const rows = unpack(packed.weights, bucketCount * width)
  const weights = new Int8Array(bucketCount * width)
  let row = 0
  for (const [bucket, steps] of importance.entries()) if (steps !== 0) weights.set(rows.subarray(row * width, ++row * width), bucket * width)
  return { version, corpusHash, classes, importance, weights, scales: Float32Array.from(scales), biases: Float32Array.from(biases), calibration }
}

/** The models that ship with Duncan: what a mail wants, and why it disputes. */
export const modelPaths = { intents: join(import.meta.dirname, 'model.json'), reasons: join(import.meta.dirname, 'dispute-model.json') }
const classesOf: Record<keyof typeof modelPaths, readonly string[]> = { intents, reasons: disputeReasons }
const shipped = new Map<string, ClassifierModel>()

/** A model that ships with Duncan, read once. */
export const shippedModel = (name: keyof typeof modelPaths): ClassifierModel => {
  const known = shipped.get(name)
  if (known) return known
  const model = decodeModel(readFileSync(modelPaths[name], 'utf8'), classesOf[name])
  shipped.set(name, model)
  return model
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** The place of an intent in a score. */
export const columnOf = (intent: Intent): number => intents.indexOf(intent)
