import { type Field, importFields } from '../fields.ts'
import { headerScore } from './header-words.ts'
import { type ColumnLook, contentScore, lookAtColumn } from './look-at-column.ts'

export type SuggestedColumn = {
  field: string
  required: boolean
  /** As a mapping names it: with `#2` where the header stands twice. */
  column: string
  /** From 0 to 1. */
  confidence: number
  samples: string[]
}
/** A column that may be one of these fields, or of which nothing is known. */
export type UnsureColumn = { column: string; maybe: string[]; samples: string[] }

type Candidate = { field: Field; index: number; confidence: number }

const sure = 0.62
const possible = 0.3
const asGood = 0.05

/**
 * Which column holds which field, by its header and what stands in it; what is not sure is not matched. `record`: in XML, what one
 * record is called; there the columns are paths.
 */
export function matchColumns(
  columns: string[],
  rows: string[][],
  record?: string,
): { matched: SuggestedColumn[]; unsure: UnsureColumn[]; looks: ColumnLook[] } {
  const scoreOf = record === undefined ? headerScore : pathScore(record)
  const looks = columns.map((_, index) => lookAtColumn(rows.map(cells => cells[index] ?? '')))
  const candidates = columns
    .flatMap((header, index) => importFields.flat.map(field => ({ field, index, confidence: confidenceOf(scoreOf(header, field.name), field, looks[index]) })))
    .filter(({ confidence }) => confidence >= possible)
    .toSorted((a, b) => b.confidence - a.confidence)
  const labelOf = (index: number) => columnLabel(columns, index)

  const taken = new Map<number, Candidate>()
  const given = new Set<string>()
  for (const candidate of candidates) {
    if (candidate.confidence < sure || taken.has(candidate.index) || given.has(candidate.field.name)) continue
    const rival = candidates.find(other => isRival(other, candidate, taken, columns, scoreOf))
    if (rival) continue
    taken.set(candidate.index, candidate)
    given.add(candidate.field.name)
  }
  onlyOpenAmounts(taken)

  const matched = importFields.flat.flatMap(field => {
    const found = [...taken.values()].find(candidate => candidate.field.name === field.name)
    if (!found) return []
    const { index, confidence } = found
    return [
      {
        field: field.name,
        required: field.required,
        column: labelOf(index),
        confidence: Math.round(confidence * 100) / 100,
        samples: looks[index]?.samples ?? [],
      },
    ]
  })
  const unsure = columns.flatMap((_, index) => {
    if (taken.has(index) || (looks[index]?.filled ?? 0) === 0) return []
    const maybe = candidates.filter(each => each.index === index && !given.has(each.field.name)).map(({ field }) => field.name)
    return [{ column: labelOf(index), maybe: maybe.slice(0, 3), samples: looks[index]?.samples ?? [] }]
  })
  return { matched, unsure, looks }
}

/** Another column that is as good for the same field: then neither is taken, but of columns alike in name the fuller one. */
function isRival(other: Candidate, candidate: Candidate, taken: Map<number, Candidate>, columns: string[], scoreOf: typeof headerScore): boolean {
  if (other.field !== candidate.field || other.index === candidate.index || taken.has(other.index)) return false
  const isAlike = scoreOf(columns[other.index] ?? '', other.field.name) === scoreOf(columns[candidate.index] ?? '', candidate.field.name)
  return (
    isAlike &&
    Math.abs(other.confidence - candidate.confidence) < asGood &&
    (columns[other.index] === columns[candidate.index] || other.confidence >= candidate.confidence)
  )
}

/** A list with one column of amounts, called balance or open: it is the amount. */
function onlyOpenAmounts(taken: Map<number, Candidate>): void {
  const open = [...taken.values()].find(({ field }) => field.name === 'open_amount')
  const amount = importFields.flat.find(({ name }) => name === 'amount')
  if (!open || !amount || [...taken.values()].some(({ field }) => field === amount)) return
  taken.set(open.index, { ...open, field: amount, confidence: Math.min(open.confidence, 0.8) })
}

function confidenceOf(named: number, field: Field, look: ColumnLook | undefined): number {
  if (!look) return 0
  const fits = contentScore(look, field)
  if (fits === 0 || (field.name === 'credit_amount' && named < 1)) return 0 // a credit limit is no credit
  // An address of mail or a code of a currency says what it is without a header.
  if (named === 0) return speaksForItself.has(field.kind) && look.filled > 0 && fits > 0.95 && look.different < 0.9 ? 0.63 : 0
  return 0.7 * named + 0.3 * fits
}

/** A path such as Customer/Name by all of it, beside the name of its record (Invoice + number), or, a little less, by its last step. */
const pathScore =
  (record: string): typeof headerScore =>
  (path, field) =>
    Math.max(headerScore(path, field), headerScore(`${record}${path}`, field), 0.9 * headerScore(path.split('/').at(-1) ?? '', field))

const speaksForItself = new Set<Field['kind']>(['emails'])

/** How a mapping names a column: by its header, with its place among those of the same name. */
function columnLabel(columns: string[], index: number): string {
  const name = columns[index] ?? ''
  const same = columns.flatMap((each, at) => (each === name ? [at] : []))
  return same.length > 1 || name === '' ? `${name}#${same.indexOf(index) + 1}` : name
}
