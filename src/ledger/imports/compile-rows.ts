import { unguardFormula } from '../exports/guard-formulas.ts'
import { amountParser, type DecimalMark } from './amounts.ts'
import { type Field, rejectColumns } from './fields.ts'
import type { FoundColumn } from './find-columns.ts'
import type { Notation } from './notation.ts'
import { isSheetFault, parseCountry, parseCurrency, parseEmails, parseLanguage, parseNumber, parseSide } from './parse-values.ts'
import type { Parsed, ValueParser } from './parsed.ts'
import type { SourceRow } from './table-source.ts'

export type RowProblem = { line: number; column: string; problem: string }

/**
 * Parses some fields of a row into a list in their order, null for what is empty; false when a value is bad, which `onProblem` has
 * heard. Behind them stands the currency that the cells of amounts name, null when they name none.
 */
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

const isGiven = (column: FoundColumn): boolean => column.index >= 0 || column.constant !== ''

type Column = FoundColumn & { parse: ValueParser | undefined }

/** Prepares a parser for each of a file's columns. */
export function compileRows(found: FoundColumn[], columns: string[], notation: Notation): RowReader {
  const parserFor = parsers(notation)
  const hasCredits = found.some(column => column.field.name === 'credit_amount' && isGiven(column))
  // Beside a column of credits, that of the debits is empty where there is a credit.
  const fieldOf = ({ field }: FoundColumn): Field => (hasCredits && field.name === 'amount' ? { ...field, required: false } : field)
  const given = found.filter(isGiven).map(column => ({ ...column, field: fieldOf(column), parse: parserFor(column) }))
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
        let currency: string | null = null
        for (let at = 0; at < wanted.length; at++) {
          const column = wanted[at]
          const parsed = column && parseText(column, textOf(column, row))
          into[at] = parsed !== undefined && 'value' in parsed ? parsed.value : null
          if (parsed === undefined) continue
          if ('value' in parsed) {
            if (parsed.currency === undefined) continue
            if (currency !== null && currency !== parsed.currency) {
              onProblem({ line: row.line, column: column?.label ?? '', problem: `the amounts of this row are in ${currency} and in ${parsed.currency}` })
              isGood = false
            }
            currency = parsed.currency
            continue
          }
          const problem = { line: row.line, column: column?.label ?? '', problem: parsed.problem }
          if (column?.field.soft) onWarning(problem)
          else {
            onProblem(problem)
            isGood = false
          }
        }
        into[wanted.length] = currency
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
  const cell = column.index >= 0 ? (row.cells[column.index] ?? '').trim() : ''
  const text = column.isGuarded ? unguardFormula(cell).trim() : cell
  const given = text === '' ? column.constant : text
  if (column.digits !== undefined && given.length < column.digits && /^\d+$/.test(given)) return given.padStart(column.digits, '0')
  return column.values?.[given] ?? given
}

const longestText = 500
const unreadable = '\ufffd' // what a decoder writes for bytes that are none of its characters

function parseText(column: Column, text: string): Parsed | undefined {
  if (text === '') return column.field.required ? { problem: 'the value is missing' } : undefined
  if (column.field.kind !== 'text' && column.field.kind !== 'number') return column.parse?.(text)
  if (text.length > longestText) return { problem: `the value is longer than ${longestText} characters` }
  if (isSheetFault(text)) return { problem: `${text} is a fault of the spreadsheet, not a value` }
  if (text.includes('\0') || text.includes(unreadable))
    return { problem: 'the value holds a character that cannot be read; set "encoding" in the mapping file' }
  return column.parse ? column.parse(text) : { value: text }
}

function parsers({ markOf, dates }: Notation): (column: FoundColumn) => ValueParser | undefined {
  const amounts = new Map<DecimalMark, ValueParser>()
  const byKind: Record<Exclude<Field['kind'], 'amount'>, ValueParser | undefined> = {
    text: undefined,
    number: parseNumber,
    date: dates,
    country: parseCountry,
    language: parseLanguage,
    currency: parseCurrency,
    emails: parseEmails,
    side: parseSide,
  }
  return ({ field: { kind }, index }) => {
    if (kind !== 'amount') return byKind[kind]
    const mark = markOf(index)
    const parser = amounts.get(mark) ?? amountParser(mark)
    amounts.set(mark, parser)
    return parser
  }
}
