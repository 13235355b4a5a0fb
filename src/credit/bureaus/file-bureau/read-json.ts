import { readFile, stat } from 'node:fs/promises'
import type { ReadRow, TableField } from '#ledger'
import { errorText } from '#platform'
import { BureauError } from '../bureau.ts'

const largest = 64 * 1024 * 1024 // bytes, held in memory at once
const longestText = 500

/** How a program writes each kind; other than in a table, nothing is guessed. */
const forms: Record<TableField['kind'], { form: RegExp; what: string }> = {
  text: { form: /^/, what: 'a text' },
  number: { form: /^/, what: 'a number' },
  amount: { form: /^-?\d{1,15}(?:\.\d{1,10})?$/, what: 'a plain number such as 1234.5' },
  date: { form: /^\d{4}-\d{2}-\d{2}(?:T.*)?$/, what: 'a day such as 2026-03-01' },
  country: { form: /^[A-Z]{2}$/, what: 'a country of two capitals' },
  currency: { form: /^[A-Z]{3}$/, what: 'a currency of three capitals' },
}

type JsonNotation = { columns: Partial<Record<string, string>>; list?: string | undefined }

/** The companies of a JSON file as rows; `line` counts them from 1. Throws BureauError for a file that holds no list of objects. */
export async function* readJson(path: string, name: string, fields: readonly TableField[], { columns, list }: JsonNotation): AsyncGenerator<ReadRow[]> {
  const { size } = await stat(path)
  if (size > largest) throw new BureauError('unreadable', `${name} has more than ${largest} bytes; deliver it as CSV`)
  const whole = parse(await readFile(path, 'utf8'), name)
  const companies = list === undefined ? whole : at(whole, list)
  if (!Array.isArray(companies))
    throw new BureauError('unreadable', `${name} has no list ${list === undefined ? 'of companies' : `at ${list}`}; set "list" to where it stands`)
  yield companies.map((company: unknown, index) => readCompany(company, index + 1, fields, columns))
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown
  } catch (error) {
    throw new BureauError('unreadable', `${name} is not JSON, or was cut off: ${errorText(error)}`, { cause: error })
  }
}

function readCompany(company: unknown, line: number, fields: readonly TableField[], columns: JsonNotation['columns']): ReadRow {
  const row: ReadRow = { line, values: new Map(), problems: [] }
  for (const { name, kind } of fields) {
    const column = columns[name] ?? name
    const told = at(company, column)
    if (told === undefined) continue
    const text = told === null ? '' : textOf(told)?.trim()
    const { form, what } = forms[kind]
    const isGood = text !== undefined && (text === '' || (text.length <= longestText && !text.includes('\0') && form.test(text)))
    if (isGood) row.values.set(name, kind === 'date' ? text.slice(0, 10) : text)
    else row.problems.push({ line, column, problem: `the value is not ${what}` })
  }
  return row
}

const textOf = (told: unknown): string | undefined =>
  typeof told === 'string' || typeof told === 'number' || typeof told === 'boolean' ? String(told) : undefined

/** What stands at a path such as score.value; only what the object has of its own. */
const at = (whole: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((part, key) => (typeof part === 'object' && part !== null && Object.hasOwn(part, key) ? Reflect.get(part, key) : undefined), whole)
