import type { DbClient } from '#platform'
import type { SearchContext } from './fields/field.ts'
import type { QueryProblem } from './query/problem.ts'
import type { Query } from './query/query.ts'
import { type SearchPage, searchDebtors } from './search-debtors.ts'
import { parseWithSegments, readSegments, withSegments } from './segments/segments.ts'
import { unconvertedCurrencies } from './unconverted.ts'

export type Found =
  /** `unconverted`: of a search for sums of money, the currencies in sight that no rate joins with others: they are compared by themselves. */
  (SearchPage & { kind: 'found'; query: Query; unconverted: string[] }) | { kind: 'problem'; problem: QueryProblem }

/** Runs a search as somebody typed it, with the segments in force: a page of the debtors that it fits, or what is wrong with it. */
export async function find(client: DbClient, text: string, context: SearchContext, page: { limit: number; offset?: number }): Promise<Found> {
  const segments = await readSegments(client)
  const parsed = parseWithSegments(text, segments)
  if (parsed.kind === 'problem') return parsed
  const [found, unconverted] = await Promise.all([
    searchDebtors(client, parsed.query, withSegments(context, segments), page),
    asksForSums(parsed.query) ? unconvertedCurrencies(client, context) : [],
  ])
  return { kind: 'found', query: parsed.query, ...found, unconverted }
}

const sumFields = ['balance', 'overdue', 'unapplied']

function asksForSums(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.some(asksForSums)
  if (query.kind === 'not') return asksForSums(query.part)
  return query.kind === 'field' && sumFields.includes(query.name)
}
