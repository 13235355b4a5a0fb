import { DuncanError } from '#platform'
import { type Field, importFields, rejectColumns } from './fields.ts'
import type { Mapping } from './mapping.ts'
import {
  amountParser,
  type DecimalMark,
  dateParser,
  detectDecimalMark,
  type Parsed,
  parseCountry,
  parseCurrency,
  parseEmails,
  parseLanguage,
  type ValueParser,
} from './parse-values.ts'
import type { SourceRow } from './table-source.ts'

export type RowProblem = { line: number; column: string; problem: string }

/** Parses some fields of a row into a list in their order, null for what is empty; false when a value is bad, which `onProblem` has heard. */
type FieldsReader = (row: SourceRow, into: (string | null)[], onProblem: (problem: RowProblem) => void, onWarning: (problem: RowProblem) => void) => boolean

export type RowReader = {
  /** Whether the file (or a constant) gives this field. */
  has: (name: string) => boolean
  /** The text of one field, trimmed, not parsed. */
  text: (row: SourceRow, name: string) => string
  /** A reader for these fields; made once, since looking fields up by name for each row costs more than parsing them. */
  fields: (names: string[]) => FieldsReader
  /** A checksum (52 bits) over these fields as they stand in the file. */
  checksum: (names: string[]) => (row: SourceRow) => number
  unknownColumns: string[]
}

type Column = { field: Field; label: string; index: number; constant: string; values: Record<string, string> | undefined; parse: ValueParser | undefined }

/** Finds the fields' columns in a file and prepares a parser for each. Throws `import.columns` or `import.decimal`. */
export function compileRows(mapping: Mapping, columns: string[], sample: SourceRow[], fileName: string, fields = importFields[mapping.type]): RowReader {
  const found = fields.map(field => findColumn(field, mapping, columns))
  refuseMissing(mapping, columns, found, fileName)
  const mark = mapping.decimal === 'auto' ? decimalMarkOf(found, sample, fileName) : mapping.decimal
  const parsers: Record<Field['kind'], ValueParser | undefined> = {
    text: undefined,
    date: dateParser(mapping.dates),
    amount: amountParser(mark),
    country: parseCountry,
    language: parseLanguage,
    currency: parseCurrency,
    emails: parseEmails,
  }
  const given = found.filter(column => column.index >= 0 || column.constant !== '').map(column => ({ ...column, parse: parsers[column.field.kind] }))
  const byName = new Map(given.map(column => [column.field.name, column]))
  const used = new Set(given.map(column => column.index))

  return {
    has: name => byName.has(name),
    text: (row, name) => {
      const column = byName.get(name)
      return column ? textOf(column, row) : ''
    },
    fields: names => {
      const wanted = names.map(name => byName.get(name))
      return (row, into, onProblem, onWarning) => {
        let isGood = true
        for (let at = 0; at < wanted.length; at++) {
          const column = wanted[at]
          const parsed = column && parseText(column, textOf(column, row))
          into[at] = parsed !== undefined && 'value' in parsed ? parsed.value : null
          if (parsed === undefined || 'value' in parsed) continue
          const problem = { line: row.line, column: column?.label ?? '', problem: parsed.problem }
          if (column?.field.soft) onWarning(problem)
          else {
            onProblem(problem)
            isGood = false
          }
        }
        return isGood
      }
    },
    checksum: names => {
      const indexes = names.map(name => byName.get(name)?.index ?? -1).filter(index => index >= 0)
      return row => {
        let sum = 0
        for (const index of indexes) sum = mixIn(sum, row.cells[index] ?? '')
        return sum
      }
    },
    unknownColumns: columns.filter((name, index) => !used.has(index) && name !== '' && !(rejectColumns as readonly string[]).includes(name)),
  }
}

/** Adds a text to a checksum, two characters a step. */
function mixIn(sum: number, text: string): number {
  let high = Math.floor(sum / 0x4000000) ^ text.length
  let low = (sum % 0x4000000) ^ 0x2ed1b
  for (let at = 0; at < text.length; at += 2) {
    const pair = text.charCodeAt(at) + (at + 1 < text.length ? text.charCodeAt(at + 1) << 16 : 0)
    low = Math.imul(low ^ pair, 0x9e3779b1)
    low ^= low >>> 15
    high = Math.imul(high ^ pair, 0x85ebca6b) + low
    high ^= high >>> 13
  }
  return (high & 0x3ffffff) * 0x4000000 + (low & 0x3ffffff)
}

function textOf(column: Column, row: SourceRow): string {
  const text = column.index >= 0 ? (row.cells[column.index] ?? '').trim() : ''
  const given = text === '' ? column.constant : text
  return column.values?.[given] ?? given
}

const longestText = 500

function parseText(column: Column, text: string): Parsed | undefined {
  if (text === '') return column.field.required ? { problem: 'the value is missing' } : undefined
  if (column.parse) return column.parse(text)
  if (text.length > longestText) return { problem: `the value is longer than ${longestText} characters` }
  return text.includes('\0') ? { problem: 'the value holds a zero character' } : { value: text }
}

/** Names are compared without regard to case, spaces, hyphens and underscores. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '')

function findColumn(field: Field, mapping: Mapping, columns: string[]): Column {
  const label = mapping.columns[field.name] ?? field.name
  const exact = columns.indexOf(label)
  const index = exact >= 0 ? exact : columns.findIndex(name => plain(name) === plain(label))
  return { field, label, index, constant: mapping.constants[field.name] ?? '', values: mapping.values[field.name], parse: undefined }
}

function refuseMissing(mapping: Mapping, columns: string[], found: Column[], fileName: string): void {
  const missing = found.filter(
    column => column.index < 0 && column.constant === '' && (column.field.required || mapping.columns[column.field.name] !== undefined),
  )
  const twice = found.filter(
    column =>
      column.index >= 0 &&
      columns.filter(name => plain(name) === plain(column.label)).length > 1 &&
      columns.indexOf(column.label) !== columns.lastIndexOf(column.label),
  )
  if (missing.length > 0) {
    throw new DuncanError(
      'import.columns',
      `${fileName} has no column ${missing.map(column => `"${column.label}"`).join(', ')}. Its header is: ${columns.slice(0, 60).join(', ')}${columns.length > 60 ? ', …' : ''}`,
      'Rename the columns, or name them under "columns" in a mapping file (and check "delimiter" if the header looks like one column).',
    )
  }
  if (twice.length > 0) {
    throw new DuncanError(
      'import.columns',
      `${fileName} has the column "${twice[0]?.label}" twice.`,
      'Rename or remove one of them, or map the field to another column.',
    )
  }
}

function decimalMarkOf(found: Column[], sample: SourceRow[], fileName: string): DecimalMark {
  const amounts = found.filter(column => column.field.kind === 'amount' && column.index >= 0)
  const mark = detectDecimalMark(sample.flatMap(row => amounts.map(column => (row.cells[column.index] ?? '').trim())))
  if (mark !== 'both') return mark ?? '.'
  throw new DuncanError(
    'import.decimal',
    `${fileName} has amounts with a decimal comma and amounts with a decimal point.`,
    'Set "decimal" in the mapping file to the one that is right; rows with the other are then rejected.',
  )
}
