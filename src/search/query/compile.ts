import { Temporal } from 'temporal-polyfill'
import { searchName, searchNumber } from '#ledger'
import { Prisma } from '#platform'
import type { SearchContext, Where } from '../fields/field.ts'
import { fieldOf } from '../fields/index.ts'
import { anywhere, startingWith } from '../like-pattern.ts'
import type { Condition, Query, Test } from './query.ts'
import { periodOf, type ValueType } from './value-types.ts'

const never = Prisma.sql`FALSE`

/** A query as an SQL condition on debtor `d`. Every text of the query becomes a parameter. */
export function conditionSql(query: Query, context: SearchContext): Prisma.Sql {
  switch (query.kind) {
    case 'all':
      return Prisma.sql`TRUE`
    case 'and':
    case 'or':
      return Prisma.sql`(${Prisma.join(
        query.parts.map(part => conditionSql(part, context)),
        query.kind === 'and' ? ' AND ' : ' OR ',
      )})`
    case 'not':
      // What is not known does not fit; the opposite of what does not fit does.
      return Prisma.sql`NOT COALESCE(${conditionSql(query.part, context)}, FALSE)`
    default:
      return one(query, context)
  }
}

function one(condition: Condition, context: SearchContext): Prisma.Sql {
  if (condition.kind === 'text') return knownBy(condition.text)
  const field = fieldOf(condition.name)
  if (!field) return never
  if (field.kind === 'flag') return field.holds(context)
  const test: Test = condition.kind === 'flag' ? { op: '>', value: '0' } : condition.test
  if (test.op === 'none') return field.missing?.(context) ?? never
  return field.holds(context, whereSql(field.type, test, context.today), test)
}

/** A bare word: in the name, or the whole of a number or mail address. */
function knownBy(text: string): Prisma.Sql {
  const name = searchName(text)
  const number = searchNumber(text)
  const parts = [
    Prisma.sql`d.name ILIKE ${anywhere(text)}`,
    Prisma.sql`upper(d.number) = upper(${text}::text)`,
    Prisma.sql`d.id IN (SELECT c."debtorId" FROM "Contact" c WHERE c.email = ${text.toLowerCase()})`,
  ]
  if (name !== '') parts.push(Prisma.sql`d."searchName" LIKE ${anywhere(name)}`)
  if (number !== '') {
    parts.push(Prisma.sql`d."companyNumber" = ${number}`, Prisma.sql`d."vatNumber" = ${number}`)
    parts.push(Prisma.sql`d.id IN (SELECT i."debtorId" FROM "Invoice" i WHERE i."searchNumber" = ${number})`)
  }
  return Prisma.sql`(${Prisma.join(parts, ' OR ')})`
}

function whereSql(type: ValueType, test: Test, today: Temporal.PlainDate): Where {
  if (type === 'day') return value => dayTest(value, test, today)
  if (type === 'amount' || type === 'number') return value => numberTest(value, test)
  return value => textTest(type, value, test)
}

const numeric = (text: string): Prisma.Sql => Prisma.sql`${text}::text::numeric`

function numberTest(value: Prisma.Sql, test: Test): Prisma.Sql {
  switch (test.op) {
    case 'is':
      return Prisma.sql`${value} = ${numeric(test.values[0] ?? '0')}`
    case 'range':
      return between(value, test.from && numeric(test.from), test.to && numeric(test.to))
    case '<':
    case '<=':
    case '>':
    case '>=':
      return Prisma.sql`${value} ${operators[test.op]} ${numeric(test.value)}`
    default:
      return never
  }
}

const operators = { '<': Prisma.sql`<`, '<=': Prisma.sql`<=`, '>': Prisma.sql`>`, '>=': Prisma.sql`>=` }

function between(value: Prisma.Sql, from: Prisma.Sql | null | '', to: Prisma.Sql | null | ''): Prisma.Sql {
  if (from && to) return Prisma.sql`${value} BETWEEN ${from} AND ${to}`
  return from ? Prisma.sql`${value} >= ${from}` : to ? Prisma.sql`${value} <= ${to}` : never
}

/** A month or year has a first and a last day: after it is after its last one. */
function dayTest(value: Prisma.Sql, test: Test, today: Temporal.PlainDate): Prisma.Sql {
  const first = (text: string) => day(periodOf(text, today)?.from)
  const last = (text: string) => day(periodOf(text, today)?.to)
  switch (test.op) {
    case 'is':
      return between(value, first(test.values[0] ?? ''), last(test.values[0] ?? ''))
    case 'range':
      return between(value, test.from && first(test.from), test.to && last(test.to))
    case '<':
    case '>=':
      return Prisma.sql`${value} ${operators[test.op]} ${first(test.value)}`
    case '>':
    case '<=':
      return Prisma.sql`${value} ${operators[test.op]} ${last(test.value)}`
    default:
      return never
  }
}

const day = (value: Temporal.PlainDate | undefined): Prisma.Sql => (value ? Prisma.sql`${value.toString()}::date` : Prisma.sql`NULL::date`)

function textTest(type: ValueType, value: Prisma.Sql, test: Test): Prisma.Sql {
  switch (test.op) {
    case 'is':
      return Prisma.sql`(${Prisma.join(
        test.values.map(text => fits(type, value, text)),
        ' OR ',
      )})`
    case 'exactly':
      return type === 'name' ? Prisma.sql`${value} = ${searchName(test.value)}` : Prisma.sql`upper(${value}) = upper(${whole(type, test.value)}::text)`
    case 'starts':
      return Prisma.sql`upper(${value}) LIKE upper(${startingWith(whole(type, test.value))}::text)`
    default:
      return never
  }
}

function fits(type: ValueType, value: Prisma.Sql, text: string): Prisma.Sql {
  switch (type) {
    case 'name': {
      const name = searchName(text)
      return name === '' ? never : Prisma.sql`${value} LIKE ${anywhere(name)}`
    }
    case 'text':
      return Prisma.sql`${value} ILIKE ${anywhere(text)}`
    case 'digits': // 020 is +31 20 to who writes from abroad: zeros in front are of the country, not of the number
      return Prisma.sql`regexp_replace(${value}, '\\D', '', 'g') LIKE ${anywhere(text.replaceAll(/\D/g, '').replace(/^0+(?=\d{3})/, ''))}`
    case 'document': // the field's SQL is letters and digits only already
      return Prisma.sql`${value} = ${searchNumber(text)}`
    default:
      return Prisma.sql`upper(${value}) = upper(${text}::text)`
  }
}

const whole = (type: ValueType, text: string): string => (type === 'document' ? searchNumber(text) : text)
