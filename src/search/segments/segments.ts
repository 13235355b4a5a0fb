import type { Db, Prisma } from '#platform'
import { nearestName } from '#settings'
import type { SearchContext } from '../fields/field.ts'
import { isSegmentMeant } from '../fields/segment-field.ts'
import { conditionSql } from '../query/compile.ts'
import { type ParsedQuery, parseQuery } from '../query/parse-query.ts'
import { type Query, valuesOf } from '../query/query.ts'

/** A part of the portfolio: the debtors that its query fits. */
export type Segment = {
  key: string
  title: string
  query: Query
  /** As the settings write it. */
  text: string
  priority: number
  strategy: string | null
}

/** The segments in force, the one that leads where a debtor is in several first. One that this release cannot read is left out. */
export async function readSegments(db: Db): Promise<Segment[]> {
  const rows = await db.segment.findMany({ orderBy: [{ priority: 'desc' }, { key: 'asc' }] })
  return rows.flatMap(({ query: text, ...row }) => {
    const parsed = parseQuery(text)
    return parsed.kind === 'parsed' ? [{ ...row, text, query: parsed.query }] : []
  })
}

/** The context in which queries may name these segments. Their definitions hold no circles: the settings refuse them. */
export function withSegments(context: SearchContext, segments: readonly Segment[]): SearchContext & { segments: ReadonlyMap<string, () => Prisma.Sql> } {
  const conditions = new Map<string, () => Prisma.Sql>()
  const all = { ...context, segments: conditions }
  for (const { key, query } of segments) conditions.set(key, () => conditionSql(query, all))
  return all
}

type Definition = { key: string; query: Query }

/** More conditions than a search may have, with those of the segments that it names: each stands wherever its segment is named. */
const mostTogether = 1000

/** Reads a query that may name segments: one that there is not is a fault at its place, and so are those that together are too much. */
export function parseWithSegments(text: string, definitions: readonly Definition[]): ParsedQuery {
  const parsed = parseQuery(text)
  if (parsed.kind === 'problem') return parsed
  const keys = definitions.map(({ key }) => key)
  for (const { test, ...place } of parsed.segments) {
    const key = valuesOf(test).find(value => !keys.some(known => known.toLowerCase() === value.toLowerCase()))
    if (key !== undefined) return { kind: 'problem', problem: { code: 'unknown_segment', key, ...place, near: nearestName(key, keys) } }
  }
  if (sizeOf(parsed.query, definitions, new Map()) <= mostTogether) return parsed
  const { start, end } = parsed.segments[0] ?? { start: 0, end: text.length }
  return { kind: 'problem', problem: { code: 'too_many', most: mostTogether, start, end } }
}

/** How many values a query asks for once the segments that it names stand written out. `known`: by key; a circle counts once. */
function sizeOf(query: Query, definitions: readonly Definition[], known: Map<string, number>): number {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.reduce((sum, part) => sum + sizeOf(part, definitions, known), 0)
  if (query.kind === 'not') return sizeOf(query.part, definitions, known)
  if (query.kind !== 'field') return 1
  if (query.name !== 'segment') return Math.max(1, valuesOf(query.test).length)
  const named = definitions.filter(({ key }) => isSegmentMeant(key, query.test))
  return named.reduce((sum, definition) => sum + sizeOfSegment(definition, definitions, known), 1)
}

function sizeOfSegment({ key, query }: Definition, definitions: readonly Definition[], known: Map<string, number>): number {
  const size = known.get(key)
  if (size !== undefined) return size
  known.set(key, 0)
  known.set(key, sizeOf(query, definitions, known))
  return known.get(key) ?? 0
}
