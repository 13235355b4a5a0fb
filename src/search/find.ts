import type { DbClient } from '#platform'
import type { SearchContext } from './fields/field.ts'
import type { QueryProblem } from './query/problem.ts'
import type { Query } from './query/query.ts'
import { type SearchPage, searchDebtors } from './search-debtors.ts'
import { parseWithSegments, readSegments, withSegments } from './segments/segments.ts'

export type Found = (SearchPage & { kind: 'found'; query: Query }) | { kind: 'problem'; problem: QueryProblem }

/** Runs a search as somebody typed it, with the segments in force: a page of the debtors that it fits, or what is wrong with it. */
export async function find(client: DbClient, text: string, context: SearchContext, page: { limit: number; offset?: number }): Promise<Found> {
  const segments = await readSegments(client)
  const parsed = parseWithSegments(text, segments)
  if (parsed.kind === 'problem') return parsed
  return { kind: 'found', query: parsed.query, ...(await searchDebtors(client, parsed.query, withSegments(context, segments), page)) }
}
