import { readFile } from 'node:fs/promises'
import { type Document, isMap, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { DuncanError } from '#platform'
import { encodings } from './encoding.ts'
import { type ImportType, importFields } from './fields.ts'

const types = Object.keys(importFields) as [ImportType, ...ImportType[]]
const dateFormat = z
  .string()
  .regex(/^(?=.*d)(?=.*M)(?=.*y)(?:d{1,2}|M{1,2}|yyyy|yy|[-/. ])+$/, 'is not a date format; write for example dd-MM-yyyy, d/M/yy or yyyyMMdd')

const mappingSchema = z.strictObject({
  /** Which files of a drop folder this mapping is for, for example `open-items-*.csv`. */
  files: z.string().min(1).optional(),
  type: z.enum(types).default('flat'),
  /** Taken from the file's extension when left out. */
  format: z.enum(['csv', 'xml', 'xlsx']).optional(),
  /** Of a workbook: the sheet's name; the first when left out. */
  sheet: z.string().min(1).optional(),
  /** The line (of a workbook: the row) that names the columns; found by its names when left out. */
  header_line: z.int().min(1).max(1000).optional(),
  delimiter: z.enum(['auto', ';', ',', 'tab', '|']).default('auto'),
  encoding: z.enum(['auto', ...encodings]).default('auto'),
  decimal: z.enum(['auto', ',', '.']).default('auto'),
  /** `auto`: as the columns show; `day_first` or `month_first` for dates like 03/04/2026; or formats, tried in their order. */
  dates: z
    .union([z.enum(['auto', 'day_first', 'month_first']), z.array(dateFormat).min(1)], 'must be auto, day_first, month_first or a list of formats')
    .default('auto'),
  /** XML: where the records stand, for example /Export/Invoices/Invoice. */
  records: z
    .string()
    .regex(/^(?:\/[\w.:-]+)+$/, 'must be a path like /Export/Invoices/Invoice')
    .optional(),
  /** Field -> column name; for XML, field -> path inside the record (`Customer/Name`, `@id`). */
  columns: z.record(z.string(), z.string().min(1)).default({}),
  /** Columns whose empty cells repeat the cell above, as cells that were merged in a spreadsheet leave them: fields. */
  fill_down: z.array(z.string().min(1)).default([]),
  /** Field -> how many digits its numbers have: shorter ones get the zeros back that a spreadsheet took from their front. */
  digits: z.record(z.string(), z.int().min(1).max(40)).default({}),
  /** Texts have an apostrophe before what a spreadsheet would take for a formula, as Duncan's own exports do: it is taken off. */
  formula_guard: z.boolean().default(false),
  /** Field -> the value of every row. */
  constants: z.record(z.string(), z.string()).default({}),
  /** Field -> (text in the file -> value). */
  values: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** The file holds every open invoice of the administrations in it. */
  full_export: z.boolean().default(false),
  /** What happens to an open invoice that a full export no longer holds. */
  missing_invoices: z.enum(['close', 'keep']).default('close'),
  /** `backfill`: history is loaded, and nothing is done because of it. */
  mode: z.enum(['normal', 'backfill']).default('normal'),
  /** Off: the open amount comes from the invoices' import alone. On: each allocation lowers its invoice's open amount. */
  payments_lower_open_amount: z.boolean().default(false),
  /** Of type payments: the lines of a bank account, which `duncan statement import` reads and Duncan allocates itself. */
  bank_statement: z.boolean().default(false),
})
export type Mapping = z.infer<typeof mappingSchema>

/** The mapping that is used without a mapping file: columns named as the fields are. */
export const defaultMapping = (type: ImportType = 'flat'): Mapping => mappingSchema.parse({ type })

/** Reads a mapping file. Throws one `import.mapping` that lists every mistake with its line and path. */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new DuncanError('import.mapping', `The mapping file ${file} cannot be read.`, 'Check its path and rights.', { cause: error })
  })
  return parseMapping(text, file)
}

/** The mapping in a YAML text; `file` is named in errors. */
export function parseMapping(text: string, file: string): Mapping {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0)
    refuse(
      file,
      document.errors.map(error => `line ${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`),
    )

  const lineOf = (path: PropertyKey[]) => lineOfPath(document, lines, path)
  const parsed = mappingSchema.safeParse(document.toJS() ?? {})
  if (!parsed.success)
    refuse(
      file,
      parsed.error.issues.map(issue => describe(issue, lineOf)),
    )
  const problems = fieldProblems(parsed.data).map(({ path, problem }) => `line ${lineOf(path)}, ${path.join('.')}: ${problem}`)
  if (problems.length > 0) refuse(file, problems)
  return parsed.data
}

function refuse(file: string, problems: string[]): never {
  const remedy = 'Correct these lines; the sample mapping files under samples/ledger explain every key.'
  throw new DuncanError('import.mapping', `The mapping file ${file} is wrong:\n  ${problems.join('\n  ')}`, remedy)
}

function describe(issue: z.core.$ZodIssue, lineOf: (path: PropertyKey[]) => number): string {
  if (issue.code === 'unrecognized_keys') return `line ${lineOf([...issue.path, issue.keys[0] ?? ''])}, ${issue.keys.join(', ')}: there is no such key`
  return `line ${lineOf(issue.path)}, ${issue.path.join('.') || 'the file'}: ${issue.message}`
}

/** What the schema cannot say: the field names depend on the type. */
function fieldProblems(mapping: Mapping): { path: string[]; problem: string }[] {
  const fields = importFields[mapping.type].map(field => field.name)
  const unknown = (['columns', 'constants', 'values', 'digits'] as const).flatMap(key =>
    Object.keys(mapping[key])
      .filter(name => !fields.includes(name))
      .map(name => ({ path: [key, name], problem: `a file of type ${mapping.type} has no field "${name}"; its fields are ${fields.join(', ')}` })),
  )
  unknown.push(
    ...mapping.fill_down.flatMap((name, index) =>
      fields.includes(name) ? [] : [{ path: ['fill_down', String(index)], problem: `a file of type ${mapping.type} has no field "${name}"` }],
    ),
  )
  if (mapping.bank_statement && mapping.type !== 'payments')
    unknown.push({ path: ['bank_statement'], problem: 'only a file of type payments can be a bank statement' })
  const xml = mapping.format === 'xml' && !mapping.records
  return xml ? [...unknown, { path: ['format'], problem: 'an XML file needs "records", the path of one record, for example /Export/Invoice' }] : unknown
}

/** The line of a key (1 is the first); of the nearest one that exists when the key itself is missing. */
function lineOfPath(document: Document, lines: LineCounter, path: PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
    const pair = isMap(parent) ? parent.items.find(item => String(item.key) === String(path[depth - 1])) : undefined
    const range = (pair?.key as { range?: [number, number, number] } | undefined)?.range
    if (range) return lines.linePos(range[0]).line
  }
  return 1
}
