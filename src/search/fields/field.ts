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

/** A field of the rows of another table that belong to the debtor; `rows` is what follows FROM, with its own WHERE. */
export function among(
  described: Described & { type: ValueType; choices?: readonly string[] },
  rows: (context: SearchContext) => { debtorId: Prisma.Sql; value: Prisma.Sql; from: Prisma.Sql; where: Prisma.Sql },
): ValueField {
  return {
    ...described,
    kind: 'value',
    holds: (context, where) => {
      const { debtorId, value, from, where: own } = rows(context)
      return Prisma.sql`d.id IN (SELECT ${debtorId} FROM ${from} WHERE ${own} AND ${where(value)})`
    },
    missing: context => {
      const { debtorId, value, from, where } = rows(context)
      return Prisma.sql`NOT EXISTS (SELECT 1 FROM ${from} WHERE ${where} AND ${debtorId} = d.id AND (${value}) IS NOT NULL)`
    },
    own: context => {
      const { debtorId, value, from, where } = rows(context)
      return Prisma.sql`(SELECT string_agg(few.value, ', ') FROM (
        SELECT DISTINCT (${value})::text AS value FROM ${from} WHERE ${where} AND ${debtorId} = d.id ORDER BY 1 LIMIT ${shownValues}) AS few)`
    },
  }
}

/** An amount of the debtor: the sum of rows of `currency` and `amount`. Of several currencies that no rate joins, the largest sum counts. */
export function amountOf(described: Described & { bare?: true }, rows: (context: SearchContext) => Prisma.Sql): ValueField {
  return {
    ...described,
    type: 'amount',
    kind: 'value',
    holds: (context, where) => where(largestSum(context, rows(context))),
    own: context =>
      Prisma.sql`(SELECT COALESCE(jsonb_agg(jsonb_build_object('currency', s.currency, 'amount', s.amount::text) ORDER BY s.currency), '[]')::text
        FROM (SELECT x.currency, sum(x.amount) AS amount FROM (${rows(context)}) AS x GROUP BY x.currency) AS s)`,
  }
}

/** The sum of rows of `currency` and `amount` in the reporting currency; what has no rate is summed by itself, and the largest sum is taken. */
export function largestSum({ rates }: SearchContext, rows: Prisma.Sql): Prisma.Sql {
  if (!rates) return Prisma.sql`COALESCE((SELECT max(s.total) FROM (SELECT sum(x.amount) AS total FROM (${rows}) AS x GROUP BY x.currency) AS s), 0)`
  const table = ratesTable(rates)
  return Prisma.sql`COALESCE((SELECT max(s.total) FROM (
    SELECT sum(x.amount * COALESCE(r.rate, 1)) AS total FROM (${rows}) AS x LEFT JOIN ${table} ON r.currency = x.currency
    GROUP BY CASE WHEN r.rate IS NULL THEN x.currency END) AS s), 0)`
}

function ratesTable({ currency, rates }: ReportingRates): Prisma.Sql {
  const all = new Map([...rates].map(([code, rate]) => [code, rate.toFixed()])).set(currency, '1')
  return Prisma.sql`(SELECT u.currency, u.rate::numeric AS rate FROM unnest(${[...all.keys()]}::text[], ${[...all.values()]}::text[]) AS u(currency, rate)) AS r`
}

export const flag = (name: string, help: string, holds: Flag['holds']): Flag => ({ kind: 'flag', name, help, example: name, holds })

/** A day as SQL. */
export const sqlDay = (day: Temporal.PlainDate): Prisma.Sql => Prisma.sql`${day.toString()}::date`
