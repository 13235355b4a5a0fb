import { z } from 'zod'
import { defaultBands, defaultClasses } from './default-grid.ts'
import { stances } from './stance.ts'

/** Facts that put a debtor into the row `stopped`, whatever else is said of it. */
export const hardStops = ['insolvency', 'judgments', 'privileges', 'inactive'] as const
export type HardStop = (typeof hardStops)[number]

const key = z.string().regex(/^[a-z][a-z0-9_]{0,29}$/, 'A key has small letters, digits and underscores: very_weak.')
const title = z.string().trim().min(1).max(40).optional().describe('What people call it; left out: the words that Duncan has for it, or the key')

const cell = z.strictObject({
  stance: z
    .enum(stances)
    .describe(
      'develop, maintain, reinforce (guarantees, a closer look), reduce, compensate (set off), stop, pre_litigation; offer_for_sale takes offerForSale',
    ),
  workflow: z.string().min(1).optional().describe('The workflow that is proposed for a debtor that comes into the cell; left out: none'),
})
export type Cell = z.output<typeof cell>

const cells = z.record(key, z.record(key, cell))
/** By row and column. */
export type Cells = z.output<typeof cells>

const classes = z.record(key, z.strictObject({ title, ratings: z.array(z.enum(['A', 'B', 'C', 'D', 'E'])).default([]), from: z.number().min(0).max(100) }))
export type Classes = z.output<typeof classes>

const amount = z.string().regex(/^\d{1,15}(?:\.\d{1,3})?$/, 'must be an amount in quotes, such as "10000"')

/** Each part by itself; what must fit together is checked by `matrixFaults`. */
export const matrixSchema = z.strictObject({
  solvencyBy: z
    .enum(['rating', 'score', 'scorecard'])
    .default('rating')
    .describe("What tells a debtor's row: the bureau's class from A to E, the bureau's score on 0 to 100, or your own scorecard"),
  classes: classes
    .default(defaultClasses)
    .describe('The rows: by rating the one that names its letter, else the one whose "from" the score reaches. The lowest starts at 0'),
  bands: z
    .record(key, z.strictObject({ title, from: amount }))
    .default(defaultBands)
    .describe('The columns, by open items and open orders in the reporting currency. The lowest starts at "0"'),
  hardStops: z
    .array(z.enum(hardStops))
    .default([...hardStops])
    .describe('What puts a debtor into the row "stopped"'), // prettier-ignore
  cells: cells.default({}).describe('By row and column. With rows and columns that Duncan comes with, only the cells that differ need to stand here'),
  segments: z.record(z.string(), cells).default({}).describe('Cells of their own for debtors of a segment; of several the leading one counts'),
  softerAfterDays: z
    .int()
    .min(0)
    .max(366)
    .default(14)
    .describe('So many days a cell must hold before a debtor moves to a softer stance; a harder one is at once'),
  proposalsPerRun: z.int().min(0).max(500).default(25).describe('At most so many changes of workflow are proposed at a time, the largest exposure first'),
  offerForSale: z.boolean().default(false).describe('Whether receivables may be offered for sale'),
})
export type Matrix = z.output<typeof matrixSchema>
