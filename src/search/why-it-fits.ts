import { debtorRowInSight } from '#people'
import { type Db, Prisma } from '#platform'
import type { SearchContext } from './fields/field.ts'
import { fieldOf } from './fields/index.ts'
import { conditionSql } from './query/compile.ts'
import { printCondition } from './query/print-query.ts'
import { type Condition, not, type Query } from './query/query.ts'

/** A debtor's own value of a field, in the field's terms. */
export type OwnValue =
  | { kind: 'amounts'; amounts: { currency: string; amount: string }[] }
  | { kind: 'number' | 'text'; value: string }
  /** An ISO day; of several, several with commas. */
  | { kind: 'day'; value: string }
  | { kind: 'none' }

/** One condition that a debtor fits, as the query writes it, and the debtor's own value of its field; flags and words have none. */
export type Reason = { condition: string; value?: OwnValue }

/** Why a debtor fits these queries: for each the conditions that count, null where it does not fit. Undefined: no debtor in sight. */
export async function whyItFits(db: Db, queries: readonly Query[], all: SearchContext, debtorId: number): Promise<(Reason[] | null)[] | undefined> {
  const context = { ...all, only: debtorId }
  const leaves = queries.flatMap(leavesOf)
  const columns = leaves.flatMap((leaf, index) => [
    Prisma.sql`COALESCE(${conditionSql(leaf, context)}, FALSE) AS ${Prisma.raw(`met${index}`)}`,
    Prisma.sql`(${ownSql(leaf, context)})::text AS ${Prisma.raw(`own${index}`)}`,
  ])
  const [row] = await db.$queryRaw<Record<string, boolean | string | null>[]>`
    SELECT ${Prisma.join([Prisma.sql`d.id`, ...columns])} FROM "Debtor" d JOIN "Administration" administration ON administration.id = d."administrationId"
    WHERE d.id = ${debtorId} AND ${debtorRowInSight(context.sight, Prisma.raw('d'), Prisma.sql`administration.code`)}`
  if (!row) return undefined
  const answers = new Map(leaves.map((leaf, index) => [leaf, { met: row[`met${index}`] === true, own: (row[`own${index}`] ?? null) as string | null }]))
  return queries.map(query => reasonsFor(query, answers))
}

type Answers = ReadonlyMap<Condition, { met: boolean; own: string | null }>

function leavesOf(query: Query): Condition[] {
  if (query.kind === 'all') return []
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap(leavesOf)
  return query.kind === 'not' ? leavesOf(query.part) : [query]
}

function ownSql(leaf: Condition, context: SearchContext): Prisma.Sql {
  const field = leaf.kind === 'text' ? undefined : fieldOf(leaf.name)
  return field?.kind === 'value' ? field.own(context) : Prisma.sql`NULL`
}

/** Of several ways to fit, those that do; of conditions that must all hold, every one. */
function reasonsFor(query: Query, answers: Answers): Reason[] | null {
  switch (query.kind) {
    case 'all':
      return []
    case 'and': {
      const parts = query.parts.map(part => reasonsFor(part, answers))
      return parts.some(part => part === null) ? null : parts.flatMap(part => part ?? [])
    }
    case 'or': {
      const fitting = query.parts.map(part => reasonsFor(part, answers)).filter(part => part !== null)
      return fitting.length === 0 ? null : fitting.flat()
    }
    case 'not':
      return reasonsAgainst(query.part, answers)
    default: {
      const { met = false, own = null } = answers.get(query) ?? {}
      return met ? [reason(query, '', own)] : null
    }
  }
}

/** Why a debtor does not fit a query: of conditions that must all hold, those that do not; of several ways, every one. */
function reasonsAgainst(query: Query, answers: Answers): Reason[] | null {
  switch (query.kind) {
    case 'all':
      return null
    case 'and':
    case 'or':
      return reasonsFor({ kind: query.kind === 'and' ? 'or' : 'and', parts: query.parts.map(not) }, answers)
    case 'not':
      return reasonsFor(query.part, answers)
    default: {
      const { met = false, own = null } = answers.get(query) ?? {}
      return met ? null : [reason(query, '-', own)]
    }
  }
}

function reason(condition: Condition, sign: '' | '-', own: string | null): Reason {
  const text = `${sign}${printCondition(condition)}`
  const field = condition.kind === 'text' ? undefined : fieldOf(condition.name)
  return field?.kind === 'value' ? { condition: text, value: ownValue(field.type, own) } : { condition: text }
}

function ownValue(type: string, own: string | null): OwnValue {
  if (own === null) return { kind: 'none' }
  // Only a debtor's sums are JSON; an amount of a single item is text.
  if (type === 'amount' && own.startsWith('[')) return { kind: 'amounts', amounts: JSON.parse(own) as { currency: string; amount: string }[] }
  if (type === 'day' || type === 'number') return { kind: type, value: own }
  return { kind: 'text', value: own }
}
