import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { encodings } from '#ledger'
import { companyColumns } from './company-columns.ts'

const scale = z
  .strictObject({ worst: z.number(), best: z.number() })
  .refine(({ worst, best }) => worst !== best, 'The worst and the best end must differ.')
  .describe('The two ends of a scale; one whose best end is the lower one is an index, on which low is good')

/** A bureau that delivers files, or whose answers somebody keeps as files: where they lie and how they are read. */
export const fileBureauSchema = z.strictObject({
  kind: z.literal('file').describe('A bureau that tells what it knows in CSV, JSON or Excel files'),
  path: z
    .string()
    .refine(isAbsolute, 'must be a path from the root, such as /srv/duncan/bureau')
    .describe('A file, or a folder of which the newest file counts; each file tells of all companies'),
  files: z.string().min(1).max(200).default('*').describe('Which files of the folder count, for example scores-*.csv'),
  maxAgeDays: z.int().min(1).max(366).default(8).describe('A file older than that is told to administrators'),
  mayShrink: z
    .boolean()
    .default(false)
    .describe('On: a file with less than half of the monitored companies is believed. Off: it is taken for one that was cut off, and not read'),
  columns: z
    .partialRecord(z.enum(companyColumns), z.string().min(1).max(200))
    .default({})
    .describe('What the file calls a column; in JSON the path inside of a company, such as score.value. Left out: its name here'),
  list: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('JSON: where the list of companies stands, such as data.companies; left out: the whole file is the list'),
  sheet: z.string().min(1).optional().describe('Excel: the sheet; left out: the one that has the columns'),
  delimiter: z.enum(['auto', ';', ',', 'tab', '|']).default('auto'),
  encoding: z.enum(['auto', ...encodings]).default('auto'),
  decimal: z.enum(['auto', ',', '.']).default('auto').describe('What stands before the decimals; auto: as the columns show'),
  dates: z.enum(['auto', 'day_first', 'month_first']).default('auto').describe('How 03/04/2026 is meant; auto: as the columns show'),
  score: scale.optional().describe('Scale of the column score; left out: the score is shown and compared with nothing else'),
  paymentScore: scale.optional().describe('Scale of the column payment_score'),
  ratings: z
    .array(z.string().min(1).max(20))
    .min(2)
    .max(40)
    .refine(letters => new Set(letters.map(letter => letter.toUpperCase())).size === letters.length, 'A letter stands there twice.')
    .optional()
    .describe('The letters of the column rating, the best first: [AAA, AA, A, BBB, BB, B, CCC, CC, C]; another text there is a fault of its row'),
  active: z
    .array(z.string().min(1).max(60))
    .default(['active', 'actief', 'actif', 'aktiv', 'aktywna', 'aktywny'])
    .describe('Words of the column status that mean that a company is active'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'A currency has three capitals: EUR.')
    .optional()
    .describe('Of limits beside which none stands'),
  link: z
    .url({ protocol: /^https$/ })
    .refine(text => text.includes('{id}'), 'The place of the company is written {id}.')
    .optional()
    .describe('Page of a company at this bureau, where it has one; {id} stands for its column id'),
})
export type FileBureauSettings = z.output<typeof fileBureauSchema>
