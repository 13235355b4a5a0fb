import { DuncanError } from '#platform'
import { type Field, importFields } from './fields.ts'
import type { Mapping } from './mapping.ts'

/** Where a field stands in a file; `index` is -1 where no column has it. */
export type FoundColumn = {
  field: Field
  label: string
  index: number
  constant: string
  values: Record<string, string> | undefined
  /** How many digits its numbers have. */
  digits: number | undefined
  /** Its texts may have the apostrophe of guardFormula in front. */
  isGuarded: boolean
}

/** The column of each field of a mapping's type. Throws `import.columns` when one that is needed is not there, or stands twice. */
export function findColumns(mapping: Mapping, columns: string[], fileName: string, fields = importFields[mapping.type]): FoundColumn[] {
  const found = fields.map(field => findColumn(field, mapping, columns))
  refuseMissing(mapping, columns, found, fileName)
  return found
}

/** Names are compared without regard to case, spaces, line breaks, hyphens and underscores. */
const plainName = (name: string): string => name.toLowerCase().replace(/[\s\u00a0_-]+/g, '')

/** The column that a label means: `Amount`, or `Amount#2` for the second of that name. */
export function columnOf(label: string, columns: string[]): number {
  const exact = columns.indexOf(label)
  if (exact >= 0) return exact
  const near = columns.findIndex(name => plainName(name) === plainName(label))
  if (near >= 0) return near
  const [, name, count] = /^(.*)#(\d+)$/.exec(label) ?? []
  if (name === undefined) return -1
  const same = columns.flatMap((each, index) => (plainName(each) === plainName(name) ? [index] : []))
  return same[Number(count) - 1] ?? -1
}

function findColumn(field: Field, mapping: Mapping, columns: string[]): FoundColumn {
  const label = mapping.columns[field.name] ?? field.name
  const { constants, values, digits } = mapping
  return {
    field,
    label,
    index: columnOf(label, columns),
    constant: constants[field.name] ?? '',
    values: values[field.name],
    digits: digits[field.name],
    isGuarded: mapping.formula_guard,
  }
}

function refuseMissing(mapping: Mapping, columns: string[], found: FoundColumn[], fileName: string): void {
  const missing = found.filter(
    column => column.index < 0 && column.constant === '' && (column.field.required || mapping.columns[column.field.name] !== undefined),
  )
  const twice = found.find(
    column => column.index >= 0 && columns[column.index] === column.label && columns.indexOf(column.label) !== columns.lastIndexOf(column.label),
  )
  if (missing.length > 0) {
    throw new DuncanError(
      'import.columns',
      `${fileName} has no column ${missing.map(column => `"${column.label}"`).join(', ')}. Its header is: ${columns.slice(0, 60).join(', ')}${columns.length > 60 ? ', …' : ''}`,
      'Let `duncan import <file> --suggest` write a mapping file that names the columns (and check "delimiter" and "header_line" if the header looks wrong).',
    )
  }
  if (twice) {
    throw new DuncanError(
      'import.columns',
      `${fileName} has the column "${twice.label}" twice.`,
      `Map the field to "${twice.label}#1" or "${twice.label}#2", or rename one of them.`,
    )
  }
}
