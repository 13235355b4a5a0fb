import type { DbClient } from '#platform'
import type { SearchContext } from './fields/field.ts'
import type { QueryProblem } from './query/problem.ts'
import type { Query } from './query/query.ts'
import { type SearchPage, searchDebtors } from './search-debtors.ts'
import { parseWithSegments, readSegments, withSegments } from './segments/segments.ts'
import { unconvertedCurrencies } from './unconverted.ts'

export type Found =
  | (SearchPage & {
      kind: 'found'
      /** Of a search for sums of money, the currencies in sight that no rate joins with others: they are compared by themselves. */
      unconverted: string[]
      /** What was asked for when it is words alone, for a look-up of names like it. */
      words: string | null
    })
  | { kind: 'problem'; problem: QueryProblem }

/** Runs a search as somebody typed it, with the segments in force: a page of the debtors that it fits, or what is wrong with it. */
export async function find(client: DbClient, text: string, context: SearchContext, page: { limit: number; offset?: number }): Promise<Found> {
  const segments = await readSegments(client)
  const parsed = parseWithSegments(text, segments)
  if (parsed.kind === 'problem') return parsed
  const [found, unconverted] = await Promise.all([
    searchDebtors(client, parsed.query, withSegments(context, segments), page),
    asksForSums(parsed.query) ? unconvertedCurrencies(client, context) : [],
  ])
  return { kind: 'found', ...found, unconverted, words: wordsAlone(parsed.query) }
}

const sumFields = ['balance', 'overdue', 'unapplied']

function asksForSums(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.some(asksForSums)
  if (query.kind === 'not') return asksForSums(query.part)
  return query.kind === 'field' && sumFields.includes(query.name)
}

function wordsAlone(query: Query): string | null {
  if (query.kind === 'text') return query.text
  if (query.kind !== 'and') return null
  const words = query.parts.map(wordsAlone)
  return words.every(word => word !== null) ? words.join(' ') : null
}
