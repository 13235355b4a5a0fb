import { nearestName } from '#settings'
import { fieldNames, fieldOf } from '../fields/index.ts'
import type { Place, QueryProblem } from './problem.ts'
import { allOf, anyOf, not, type Query, type Test } from './query.ts'
import { readTest } from './read-test.ts'
import { Scanner, Stop } from './scanner.ts'

export type ParsedQuery = { kind: 'parsed'; query: Query; segments: SegmentNamed[] } | { kind: 'problem'; problem: QueryProblem }
/** The segments that a query asks for by a condition, and where. */
type SegmentNamed = Place & { test: Test }

const longest = 2000
const mostConditions = 100
const deepest = 20
const keywords = new Set(['OR', 'AND', 'NOT'])

type Reading = { scanner: Scanner; conditions: number; depth: number; segments: SegmentNamed[] }

/**
 * Reads a search as people type it: `overdue:>10000 country:BE -dispute "acme" (language:nl OR language:fr)`. Conditions side by
 * side must all hold; `OR` or `|` is one of them, `-` or `NOT` the opposite.
 */
export function parseQuery(text: string): ParsedQuery {
  try {
    checkText(text)
    const reading: Reading = { scanner: new Scanner(text), conditions: 0, depth: 0, segments: [] }
    const query = alternatives(reading)
    const { scanner } = reading
    if (!scanner.isAtEnd) throw new Stop({ code: 'unopened_group' }, { start: scanner.at, end: scanner.at + 1 })
    return { kind: 'parsed', query, segments: reading.segments }
  } catch (error) {
    if (error instanceof Stop) return { kind: 'problem', problem: error.problem }
    throw error
  }
}

function checkText(text: string): void {
  if (text.trim() === '') throw new Stop({ code: 'empty' }, { start: 0, end: 0 })
  if (text.length > longest) throw new Stop({ code: 'too_long', most: longest }, { start: longest, end: text.length })
  // A database text holds no NUL, and half a surrogate pair is no character at all.
  const bad = /\p{Cs}|(?!\s)\p{Cc}/u.exec(text)
  if (bad) throw new Stop({ code: 'bad_character' }, { start: bad.index, end: bad.index + bad[0].length })
}

function alternatives(reading: Reading): Query {
  const { scanner } = reading
  const parts = [conjunction(reading)]
  for (;;) {
    const start = scanner.at
    if (!scanner.take('|') && scanner.match(/OR(?=[\s()|]|$)/y) === undefined) return anyOf(parts)
    const word = scanner.text.slice(start, scanner.at)
    scanner.skipSpace()
    if (scanner.isAtEnd || scanner.peek() === ')') throw new Stop({ code: 'nothing_after', word }, { start, end: start + word.length })
    parts.push(conjunction(reading))
  }
}

const isAtAlternative = ({ peek, text, at }: { peek: string; text: string; at: number }): boolean =>
  peek === '|' || /^OR(?:[\s()|]|$)/.test(text.slice(at, at + 3))

function conjunction(reading: Reading): Query {
  const { scanner } = reading
  const parts: Query[] = []
  for (;;) {
    scanner.skipSpace()
    const isAtOr = isAtAlternative({ peek: scanner.peek(), text: scanner.text, at: scanner.at })
    if (parts.length > 0 && (scanner.isAtEnd || scanner.peek() === ')' || isAtOr)) return allOf(parts)
    if (isAtOr) throw new Stop({ code: 'nothing_before', word: scanner.peek() === '|' ? '|' : 'OR' }, { start: scanner.at, end: scanner.at + 1 })
    const start = scanner.at
    if (scanner.match(/AND(?=[\s()|]|$)/y) !== undefined) {
      const place = { start, end: scanner.at }
      if (parts.length === 0) throw new Stop({ code: 'nothing_before', word: 'AND' }, place)
      scanner.skipSpace()
      if (scanner.isAtEnd) throw new Stop({ code: 'nothing_after', word: 'AND' }, place)
    }
    parts.push(possiblyNot(reading))
  }
}

function possiblyNot(reading: Reading): Query {
  const { scanner } = reading
  scanner.skipSpace()
  const start = scanner.at
  const sign = scanner.match(/-|NOT(?=[\s()|]|$)/y)
  if (sign === undefined) return primary(reading)
  if (sign === 'NOT') scanner.skipSpace()
  if (scanner.isAtEnd || /[\s)|]/.test(scanner.peek())) throw new Stop({ code: 'nothing_after', word: sign }, { start, end: start + sign.length })
  deeper(reading, start)
  const part = possiblyNot(reading)
  reading.depth--
  return not(part)
}

function primary(reading: Reading): Query {
  const { scanner } = reading
  const start = scanner.at
  if (scanner.peek() === ')') throw new Stop({ code: 'unopened_group' }, { start, end: start + 1 })
  if (!scanner.take('(')) return condition(reading)
  deeper(reading, start)
  scanner.skipSpace()
  if (scanner.peek() === ')') throw new Stop({ code: 'empty_group' }, { start, end: scanner.at + 1 })
  if (scanner.isAtEnd) throw new Stop({ code: 'unclosed_group' }, { start, end: start + 1 })
  const inner = alternatives(reading)
  if (!scanner.take(')')) throw new Stop({ code: 'unclosed_group' }, { start, end: start + 1 })
  reading.depth--
  return inner
}

function deeper(reading: Reading, start: number): void {
  if (++reading.depth > deepest) throw new Stop({ code: 'too_deep', most: deepest }, { start, end: start + 1 })
}

function condition(reading: Reading): Query {
  const { scanner } = reading
  const start = scanner.at
  if (++reading.conditions > mostConditions) throw new Stop({ code: 'too_many', most: mostConditions }, { start, end: start + 1 })
  if (scanner.isAtQuote) return textOf(scanner.quoted())
  const name = scanner.match(/[\p{L}\p{N}_-]+:/uy)?.slice(0, -1)
  if (name === undefined) return bareWord(reading)
  const place = { start, end: start + name.length }
  const field = fieldOf(name)
  if (!field) throw new Stop({ code: 'unknown_field', word: name, near: nearestName(name, fieldNames) }, place)
  if (field.kind === 'flag') throw new Stop({ code: 'is_a_flag', field: field.name }, place)
  const test = readTest(scanner, field, place)
  if (field.name === 'segment') reading.segments.push({ test, start: place.end + 1, end: scanner.at })
  return { kind: 'field', name: field.name, test }
}

function bareWord({ scanner }: Reading): Query {
  const piece = scanner.word()
  if (piece.text === '*') return { kind: 'all' }
  if (keywords.has(piece.text)) throw new Stop({ code: 'nothing_before', word: piece.text }, piece)
  const field = fieldOf(piece.text)
  if (field && (field.kind === 'flag' || field.bare)) return { kind: 'flag', name: field.name }
  return textOf(piece)
}

function textOf({ text, start, end }: Place & { text: string }): Query {
  if (text.trim() === '') throw new Stop({ code: 'empty' }, { start, end })
  return { kind: 'text', text: text.trim() }
}
