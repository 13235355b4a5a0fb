import type { DbClient } from '#platform'
import type { SearchContext } from './fields/field.ts'
import type { QueryProblem } from './query/problem.ts'
import type { Query } from './query/query.ts'
import { debtorIds, type SearchPage, searchDebtors } from './search-debtors.ts'
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
  const read = await readQuery(client, text, context)
  if (read.kind === 'problem') return read
  const [found, unconverted] = await Promise.all([
    searchDebtors(client, read.query, read.context, page),
    asksForSums(read.query) ? unconvertedCurrencies(client, context) : [],
  ])
  return { kind: 'found', ...found, unconverted, words: wordsAlone(read.query) }
}

/** A search as somebody typed it, with the context in which it may name the segments in force; or what is wrong with it. */
export async function readQuery(
  client: DbClient,
  text: string,
  context: SearchContext,
): Promise<{ kind: 'read'; query: Query; context: SearchContext } | { kind: 'problem'; problem: QueryProblem }> {
  const segments = await readSegments(client)
  const parsed = parseWithSegments(text, segments)
  return parsed.kind === 'problem' ? parsed : { kind: 'read', query: parsed.query, context: withSegments(context, segments) }
}

/** The ids of all debtors in sight that a search as somebody typed it fits, at most so many; undefined when something is wrong with it. */
export async function findIds(client: DbClient, text: string, context: SearchContext, limit: number): Promise<number[] | undefined> {
  const segments = await readSegments(client)
  const parsed = parseWithSegments(text, segments)
  return parsed.kind === 'problem' ? undefined : debtorIds(client, parsed.query, withSegments(context, segments), limit)
}

const sumFields = ['balance', 'overdue', 'unapplied', 'at_risk', 'exposure_at_risk', 'credit_limit']

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
