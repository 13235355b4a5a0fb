import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DuncanError } from '#platform'
import { type Intent, intents } from '../reading.ts'
import { bucketCount } from './features.ts'

/** A trained classifier: one row of weights a known bucket, one column an intent. */
export type ClassifierModel = {
  version: number
  /** SHA-256 of the corpus that it was trained on. */
  corpusHash: string
  /** Row of each bucket, -1 for one never seen. */
  rows: Int32Array
  /** How much each bucket counts (its rarity, in sixteenths), 0 for one never seen. */
  importance: Float32Array
  weights: Int8Array
  /** What one step of a weight is worth, by intent. */
  scales: Float32Array
  biases: Float32Array
  /** By intent: probability = sigmoid(whole * score of the mail + best * score of its best sentence + offset). */
  calibration: Calibration[]
}
export type Calibration = { whole: number; best: number; offset: number }

export const modelVersion = 2

const fileSchema = z.object({
  version: z.literal(modelVersion),
  corpusHash: z.string(),
  intents: z.array(z.enum(intents)),
  scales: z.array(z.number()),
  biases: z.array(z.number()),
  calibration: z.array(z.object({ whole: z.number(), best: z.number(), offset: z.number() })),
  buckets: z.base64(),
  importance: z.base64(),
  weights: z.base64(),
})

/** The model as the text of its file: readable numbers up front, the weights as base64. */
export const encodeModel = (model: ClassifierModel): string => {
  const buckets = new Uint16Array(model.weights.length / intents.length)
  const sixteenths = new Uint8Array(buckets.length)
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    const row = model.rows[bucket] ?? -1
    if (row < 0) continue
    buckets[row] = bucket
    sixteenths[row] = (model.importance[bucket] ?? 0) * 16
  }
  const file = {
    version: model.version,
    corpusHash: model.corpusHash,
    intents,
    scales: [...model.scales],
    biases: [...model.biases],
    calibration: model.calibration,
    buckets: Buffer.from(buckets.buffer).toString('base64'),
    importance: Buffer.from(sixteenths.buffer).toString('base64'),
    weights: Buffer.from(model.weights.buffer).toString('base64'),
  }
  return `${JSON.stringify(file, undefined, 1)}\n`
}

/** Reads a model file; one that does not fit this version of the code is refused. */
export const decodeModel = (text: string): ClassifierModel => {
  const parsed = fileSchema.safeParse(JSON.parse(text))
  if (!parsed.success || parsed.data.intents.join() !== intents.join()) {
    throw new DuncanError('classifier.model', 'The classifier model does not fit this version of Duncan.', 'Run "npm run train" to build it again.')
  }
  const file = parsed.data
  const bytes = Buffer.from(file.buckets, 'base64')
  const rows = new Int32Array(bucketCount).fill(-1)
  const sixteenths = Buffer.from(file.importance, 'base64')
  const importance = new Float32Array(bucketCount)
  for (let row = 0; row * 2 < bytes.length; row++) {
    const bucket = bytes.readUInt16LE(row * 2)
    rows[bucket] = row
    importance[bucket] = (sixteenths[row] ?? 0) / 16
  }
  const weights = Buffer.from(file.weights, 'base64')
  return {
    version: file.version,
    corpusHash: file.corpusHash,
    rows,
    importance,
    weights: new Int8Array(weights.buffer, weights.byteOffset, weights.length),
    scales: Float32Array.from(file.scales),
    biases: Float32Array.from(file.biases),
    calibration: file.calibration,
  }
}

export const modelPath = join(import.meta.dirname, 'model.json')

let shipped: ClassifierModel | undefined

/** The model that ships with Duncan, read once. */
export const shippedModel = (): ClassifierModel => {
  shipped ??= decodeModel(readFileSync(modelPath, 'utf8'))
  return shipped
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** The place of an intent in a score. */
export const columnOf = (intent: Intent): number => intents.indexOf(intent)
