import type { Db, Prisma } from '#platform'
import { nearestName } from '#settings'
import type { SearchContext } from '../fields/field.ts'
import { conditionSql } from '../query/compile.ts'
import { type ParsedQuery, parseQuery } from '../query/parse-query.ts'
import type { Query } from '../query/query.ts'

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

/** Reads a query that may name segments: one that there is not is a fault at its place. */
export function parseWithSegments(text: string, segments: readonly Pick<Segment, 'key'>[]): ParsedQuery {
  const parsed = parseQuery(text)
  if (parsed.kind === 'problem') return parsed
  const keys = segments.map(({ key }) => key)
  const unknown = parsed.segments.find(({ key }) => !keys.some(known => known.toLowerCase() === key.toLowerCase()))
  if (!unknown) return parsed
  return { kind: 'problem', problem: { code: 'unknown_segment', ...unknown, near: nearestName(unknown.key, keys) } }
}
