import { nearestName } from '#settings'
import type { ValueField } from '../fields/field.ts'
import type { Place } from './problem.ts'
import type { Test } from './query.ts'
import { type Piece, type Scanner, Stop } from './scanner.ts'
import { isOrdered, readValue } from './value-types.ts'

type Comparison = '<' | '<=' | '>' | '>=' | '='

/** Reads what follows the colon of a field. `place`: where the field's name stands, for faults. */
export function readTest(scanner: Scanner, field: ValueField, place: Place): Test {
  const start = scanner.at
  const op = scanner.match(/>=|<=|>|<|=/y) as Comparison | undefined
  if (scanner.peek() === '(') throw new Stop({ code: 'group_of_values', field: field.name }, { start: place.start, end: scanner.at + 1 })
  return isOrdered(field.type) ? readOrdered(scanner, field, op, place) : readListed(scanner, field, op, start, place)
}

function readOrdered(scanner: Scanner, field: ValueField, op: Comparison | undefined, place: Place): Test {
  const piece = scanner.isAtQuote ? scanner.quoted() : scanner.word()
  if (piece.text === '') throw missing(field, { start: place.start, end: scanner.at })
  if (op && op !== '=') return { op, value: valueOf(field, piece) }
  const middle = piece.text.indexOf('..')
  if (middle === -1) return isNone(field, piece) ? { op: 'none' } : { op: 'is', values: [valueOf(field, piece)] }
  const ends = [piece.text.slice(0, middle), piece.text.slice(middle + 2)].map(text => (text === '' ? null : valueOf(field, { ...piece, text })))
  const [from = null, to = null] = ends
  if (from === null && to === null) throw missing(field, piece)
  return { op: 'range', from, to }
}

function readListed(scanner: Scanner, field: ValueField, op: Comparison | undefined, start: number, place: Place): Test {
  if (op && op !== '=') throw new Stop({ code: 'wrong_comparison', field: field.name, op }, { start, end: start + op.length })
  const pieces: Piece[] = []
  do {
    const piece = scanner.isAtQuote ? scanner.quoted() : scanner.word(',')
    if (piece.text.trim() === '') throw missing(field, { start: place.start, end: Math.max(piece.end, place.end + 1) })
    pieces.push(piece)
  } while (scanner.take(','))
  const [only] = pieces
  if (only && pieces.length === 1) {
    if (isNone(field, only)) return { op: 'none' }
    if (op === '=') return { op: 'exactly', value: valueOf(field, only) }
    if (!only.quoted && only.text.endsWith('*') && (field.type === 'code' || field.type === 'document'))
      return { op: 'starts', value: valueOf(field, { ...only, text: only.text.slice(0, -1) }) }
  }
  return { op: 'is', values: pieces.map(piece => valueOf(field, piece)) }
}

const isNone = (field: ValueField, { text, quoted }: Piece): boolean => !quoted && field.missing !== undefined && text.toLowerCase() === 'none'

function valueOf(field: ValueField, piece: Piece): string {
  const { name, type, choices = [] } = field
  const read = readValue(type, piece.text, choices)
  if (read.kind === 'value') return read.value
  if (read.kind === 'ambiguous') throw new Stop({ code: 'ambiguous_amount', value: piece.text }, piece)
  const near = nearestName(piece.text, choices)
  throw new Stop({ code: 'wrong_value', field: name, value: piece.text, type, choices, near }, piece)
}

const missing = ({ name, type, choices = [] }: ValueField, { start, end }: Place) =>
  new Stop({ code: 'missing_value', field: name, type, choices }, { start, end })
