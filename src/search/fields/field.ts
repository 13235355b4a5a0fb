import type { Temporal } from 'temporal-polyfill'
import type { Sight } from '#people'
import { Prisma } from '#platform'
import type { Test } from '../query/query.ts'
import type { ValueType } from '../query/value-types.ts'

/** What one unit of each currency is worth in the reporting currency, on the day of the search. */
export type ReportingRates = { currency: string; rates: ReadonlyMap<string, Prisma.Decimal> }

/** For whom and when a search runs. */
export type SearchContext = {
  sight: Sight
  today: Temporal.PlainDate
  /** IANA name: in which day a mail fell. */
  timeZone: string
  /** Without rates amounts are compared within each currency, never across. */
  rates?: ReportingRates | undefined
  /** Only this debtor is asked about: nothing of others is read. */
  only?: number
  /** The condition on debtor `d` of each segment in force. */
  segments?: ReadonlyMap<string, () => Prisma.Sql>
}

/** A condition on each value that a field has. */
export type Where = (value: Prisma.Sql) => Prisma.Sql

type Described = { name: string; help: string; example: string }

/** Something that is so of a debtor, or not: it is asked for by its name alone. */
export type Flag = Described & { kind: 'flag'; holds: (context: SearchContext) => Prisma.Sql }

/** Something that a debtor has a value of, or several. In the SQL `d` is the debtor's row. */
export type ValueField = Described & {
  kind: 'value'
  type: ValueType
  /** The words of a `choice`. */
  choices?: readonly string[]
  /** True when one of the debtor's values passes: `where` is the test as SQL. */
  holds: (context: SearchContext, where: Where, test: Test) => Prisma.Sql
  /** True when the debtor has no value; fields without it take no `none`. */
  missing?: (context: SearchContext) => Prisma.Sql
  /** The debtor's own value as text; of an amount: JSON, a list of {currency, amount}. */
  own: (context: SearchContext) => Prisma.Sql
  /** Its name alone asks for more than zero. */
  bare?: true
}

export type SearchField = Flag | ValueField

/** A field that is one column or expression of the debtor's row. */
export function column(described: Described & { type: ValueType; choices?: readonly string[]; bare?: true }, value: (context: SearchContext) => Prisma.Sql) {
  const own = (context: SearchContext) => Prisma.sql`(${value(context)})::text`
  return { ...described, kind: 'value', holds: (context: SearchContext, where: Where) => where(value(context)), own } satisfies ValueField
}

/** A column that may be empty. */
export const optionalColumn = (described: Described & { type: ValueType }, value: (context: SearchContext) => Prisma.Sql): ValueField => ({
  ...column(described, value),
  missing: context => Prisma.sql`(${value(context)}) IS NULL`,
})

const shownValues = 5

/** Rows of another table that belong to debtors: what follows FROM, with its own WHERE, and the column of the debtor's id. */
type Rows = { debtorId: Prisma.Sql; from: Prisma.Sql; where: Prisma.Sql }

/** For one debtor only its own rows are read; a search of all reads each table once, not once for each debtor. */
const inScope = ({ only }: SearchContext, debtorId: Prisma.Sql): Prisma.Sql => (only === undefined ? Prisma.sql`TRUE` : Prisma.sql`${debtorId} = ${only}`)

const hasRow = (context: SearchContext, { debtorId, from, where }: Rows, holds: Prisma.Sql = Prisma.sql`TRUE`): Prisma.Sql =>
  Prisma.sql`d.id IN (SELECT ${debtorId} FROM ${from} WHERE ${where} AND ${inScope(context, debtorId)} AND ${holds})`

/** A field of the rows of another table that belong to the debtor. */
export function among(
  described: Described & { type: ValueType; choices?: readonly string[] },
  rows: (context: SearchContext) => Rows & { value: Prisma.Sql },
): ValueField {
  return {
    ...described,
    kind: 'value',
    holds: (context, where) => hasRow(context, rows(context), where(rows(context).value)),
    missing: context => Prisma.sql`NOT COALESCE(${hasRow(context, rows(context), Prisma.sql`(${rows(context).value}) IS NOT NULL`)}, FALSE)`,
    own: context => {
      const { debtorId, value, from, where } = rows(context)
      return Prisma.sql`(SELECT string_agg(few.value, ', ') FROM (
        SELECT DISTINCT (${value})::text AS value FROM ${from} WHERE ${where} AND ${debtorId} = d.id ORDER BY 1 LIMIT ${shownValues}) AS few)`
    },
  }
}

/** A flag that is so when the debtor has one of these rows. */
export const flagAmong = (name: string, help: string, rows: (context: SearchContext) => Rows): Flag =>
  flag(name, help, context => hasRow(context, rows(context)))

/** A field that sums rows up: `value` is an aggregate. A debtor without rows has `otherwise`: 0, or null for no value. */
export function summed(
  described: Described & { type: 'number' | 'day'; bare?: true },
  rows: (context: SearchContext) => Rows & { value: Prisma.Sql },
  otherwise: 0 | null,
): ValueField {
  const groups = (context: SearchContext) => {
    const { debtorId, value, from, where } = rows(context)
    return Prisma.sql`SELECT ${debtorId} AS id, ${value} AS value FROM ${from} WHERE ${where} AND ${inScope(context, debtorId)} GROUP BY 1`
  }
  const missing = (context: SearchContext) => Prisma.sql`NOT COALESCE(d.id IN (SELECT g.id FROM (${groups(context)}) AS g WHERE g.value IS NOT NULL), FALSE)`
  return {
    ...described,
    kind: 'value',
    holds: (context, where) => (otherwise === null ? isAmong(groups(context), where) : isAmongOrZero(groups(context), where)),
    ...(otherwise === null && { missing }),
    own: context => Prisma.sql`COALESCE((SELECT g.value FROM (${groups(context)}) AS g WHERE g.id = d.id)::text, ${otherwise === null ? null : '0'}::text)`,
  }
}

const isAmong = (groups: Prisma.Sql, where: Where): Prisma.Sql => Prisma.sql`d.id IN (SELECT g.id FROM (${groups}) AS g WHERE ${where(Prisma.sql`g.value`)})`

const isAmongOrZero = (groups: Prisma.Sql, where: Where): Prisma.Sql =>
  Prisma.sql`(${isAmong(groups, where)} OR (${where(Prisma.sql`0::numeric`)} AND NOT COALESCE(d.id IN (SELECT g.id FROM (${groups}) AS g), FALSE)))`

/**
 * An amount of the debtor: the sum of rows of `id`, `currency` and `amount`. Of several currencies that no rate joins, the largest sum
 * counts. A debtor without rows has `otherwise`: 0, or null for no amount.
 */
export function amountOf(described: Described & { bare?: true }, rows: AmountRows, otherwise: 0 | null = 0): ValueField {
  return {
    ...described,
    type: 'amount',
    kind: 'value',
    holds: (context, where) => (otherwise === null ? isAmong : isAmongOrZero)(largestSums(context, rows), where),
    ...(otherwise === null && { missing: context => Prisma.sql`NOT COALESCE(d.id IN (SELECT g.id FROM (${largestSums(context, rows)}) AS g), FALSE)` }),
    own: context =>
      Prisma.sql`(SELECT COALESCE(jsonb_agg(jsonb_build_object('currency', s.currency, 'amount', s.amount::text) ORDER BY s.currency), '[]')::text
        FROM (SELECT x.currency, sum(x.amount) AS amount FROM (${rows(context, debtorId => inScope(context, debtorId))}) AS x WHERE x.id = d.id GROUP BY x.currency) AS s)`,
  }
}

type Scope = (debtorId: Prisma.Sql) => Prisma.Sql

/** Rows of a debtor's `id`, a `currency` and an `amount`; `scope` is a condition on the column of the id that they must carry. */
export type AmountRows = (context: SearchContext, scope: Scope) => Prisma.Sql

/**
 * By debtor `id` the sum in the reporting currency as `value`; what has no rate is summed by itself, and the largest sum is taken.
 * `scope`: of which debtors, as a condition on the column of the id.
 */
export const largestSums = (context: SearchContext, rows: AmountRows, scope: Scope = debtorId => inScope(context, debtorId)): Prisma.Sql =>
  Prisma.sql`SELECT s.id, max(s.total) AS value FROM (${sumsByCurrency(context, rows, scope)}) AS s GROUP BY s.id`

/** By debtor `id` and `currency` the `total`: all that has a rate in the reporting currency, what has none in its own. */
export function sumsByCurrency(context: SearchContext, rows: AmountRows, scope: Scope): Prisma.Sql {
  const { rates } = context
  const own = rows(context, scope)
  if (!rates) return Prisma.sql`SELECT x.id, x.currency, sum(x.amount) AS total FROM (${own}) AS x GROUP BY 1, 2`
  return Prisma.sql`SELECT x.id, CASE WHEN r.rate IS NULL THEN x.currency ELSE ${rates.currency}::text END AS currency, sum(x.amount * COALESCE(r.rate, 1)) AS total
    FROM (${own}) AS x LEFT JOIN ${ratesTable(rates)} ON r.currency = x.currency GROUP BY 1, 2`
}

/** The currency in which an amount of another one is counted: the reporting one where there is a rate, else its own. */
export const countedIn = ({ rates }: Pick<SearchContext, 'rates'>, currency: Prisma.Sql): Prisma.Sql =>
  rates
    ? Prisma.sql`CASE WHEN ${currency} = ANY(${[rates.currency, ...rates.rates.keys()]}::text[]) THEN ${rates.currency}::text ELSE ${currency}::text END`
    : currency

/** What a unit of each `currency` is worth as `rate`, as a table r. */
export function ratesTable({ currency, rates }: ReportingRates): Prisma.Sql {
  const all = new Map([...rates].map(([code, rate]) => [code, rate.toFixed()])).set(currency, '1')
  return Prisma.sql`(SELECT u.currency, u.rate::numeric AS rate FROM unnest(${[...all.keys()]}::text[], ${[...all.values()]}::text[]) AS u(currency, rate)) AS r`
}

export const flag = (name: string, help: string, holds: Flag['holds']): Flag => ({ kind: 'flag', name, help, example: name, holds })

/** A day as SQL. */
export const sqlDay = (day: Temporal.PlainDate): Prisma.Sql => Prisma.sql`${day.toString()}::date`
