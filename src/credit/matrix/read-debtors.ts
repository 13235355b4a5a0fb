import type { Temporal } from 'temporal-polyfill'
import { convertBy, type Money, type ReportingRules, ratesOn } from '#ledger'
import { type Db, Prisma } from '#platform'
import type { DebtorFacts } from '../scorecard/measures.ts'
import type { TagRule } from '../scorecard/scorecard-kind.ts'
import { tagsOf } from '../tags/tags.ts'
import { type Criterion, type CriterionValue, criterionValueSchema } from '../values/criteria.ts'
import { solvencyOf } from '../values/normalise.ts'
import type { HardStop } from './matrix-schema.ts'

/** How a debtor pays: average days after the due date, and the percentage of its promises that it kept. */
export type Behavior = { daysLate: Prisma.Decimal | undefined; promisesKept: Prisma.Decimal | undefined }

export type ReadDeps = {
  today: Temporal.PlainDate
  reporting: ReportingRules
  tags: Record<string, TagRule>
  behaviorOf: (db: Db, debtorIds: readonly number[]) => Promise<ReadonlyMap<number, Behavior>>
}

/** `exposure`: open items and open orders in the reporting currency; `missing`: currencies without a rate, so that it is not known. */
export type DebtorRead = {
  id: number
  facts: DebtorFacts
  stops: HardStop[]
  exposure: { kind: 'known'; amount: Prisma.Decimal } | { kind: 'no_rate'; missing: string[] }
}

type Rates = Awaited<ReturnType<typeof ratesOn>>

/** What is known of debtors that goes into their places and scores; read at once for a page of them. */
export async function readDebtors(db: Db, deps: ReadDeps, ids: readonly number[]): Promise<DebtorRead[]> {
  const debtorIds = [...ids]
  const [items, orders, values, tags, behavior] = [
    await openItems(db, deps.today, debtorIds),
    await openOrders(db, debtorIds),
    await bureauValues(db, debtorIds),
    await tagsOf(db, deps.tags, debtorIds),
    await deps.behaviorOf(db, debtorIds),
  ]
  const limits = [...values.values()].flatMap(all => limitOf(all)?.currency ?? [])
  const currencies = [...[...items.values(), ...orders.values()].flat().map(({ currency }) => currency), ...limits, deps.reporting.reporting]
  const rates = await ratesOn(db, currencies, deps.today, deps.reporting.maxAgeDays)
  return debtorIds.map(id => {
    const [open, told] = [items.get(id) ?? [], values.get(id) ?? new Map<Criterion, CriterionValue>()]
    const amounts = [...open, ...(orders.get(id) ?? [])]
    const bureau = solvencyOf([...told].map(([criterion, value]) => ({ criterion, value })))
    const facts: DebtorFacts = {
      rating: bureau.ratingClass,
      bureauScore: bureau.score,
      daysBeyondTerms: numberOf(told.get('days_beyond_terms')),
      judgments: numberOf(told.get('judgments')),
      privileges: numberOf(told.get('privileges')),
      limitUsed: limitUsed(rates, amounts, limitOf(told)),
      daysLate: behavior.get(id)?.daysLate,
      promisesKept: behavior.get(id)?.promisesKept,
      daysOverdue: new Prisma.Decimal(Math.max(0, ...open.map(({ days }) => days))),
      overdueShare: overdueShare(rates, open, deps.reporting.reporting),
      tags: tags.get(id) ?? [],
    }
    return { id, facts, stops: stopsOf(told), exposure: exposureOf(rates, amounts, deps.reporting.reporting) }
  })
}

/** What stops a debtor whatever its figures say. A value that the bureau did not tell stops nobody. */
function stopsOf(told: ReadonlyMap<Criterion, CriterionValue>): HardStop[] {
  const [insolvency, status] = [told.get('insolvency'), told.get('status')]
  const isThere = (criterion: 'judgments' | 'privileges') => numberOf(told.get(criterion))?.gt(0) === true
  return [
    ...(insolvency && insolvency.is !== 'none' ? (['insolvency'] as const) : []),
    ...(isThere('judgments') ? (['judgments'] as const) : []),
    ...(isThere('privileges') ? (['privileges'] as const) : []),
    ...(status?.is === 'text' && (status.key ?? status.text).toUpperCase() !== 'ACTIVE' ? (['inactive'] as const) : []),
  ]
}

/** Amounts together in a currency; undefined when one of them has no rate. Nothing needs no rate. */
function together(rates: Rates, amounts: readonly Money[], currency: string): Prisma.Decimal | undefined {
  let sum = new Prisma.Decimal(0)
  for (const money of amounts) {
    if (money.amount.isZero()) continue
    const converted = convertBy(rates, money, currency)
    if (converted.kind === 'missing') return undefined
    sum = sum.add(converted.amount)
  }
  return sum
}

function exposureOf(rates: Rates, amounts: readonly Money[], currency: string): DebtorRead['exposure'] {
  const amount = together(rates, amounts, currency)
  if (amount) return { kind: 'known', amount }
  const missing = amounts.flatMap(money => {
    const converted = money.amount.isZero() ? undefined : convertBy(rates, money, currency)
    return converted?.kind === 'missing' ? [converted.currency] : []
  })
  return { kind: 'no_rate', missing: [...new Set(missing)] }
}

function overdueShare(rates: Rates, open: readonly OpenItems[], currency: string): Prisma.Decimal | undefined {
  const all = together(rates, open, currency)
  const overdue = together(
    rates,
    open.map(of => ({ currency: of.currency, amount: of.overdue })),
    currency,
  ) // prettier-ignore
  return all?.gt(0) && overdue ? Prisma.Decimal.max(overdue, 0).mul(100).div(all).toDecimalPlaces(1) : undefined
}

/** Beyond that a percentage says no more; a limit of 0 that is used counts as it. */
const mostUsed = 999

function limitUsed(rates: Rates, amounts: readonly Money[], limit: Money | undefined): Prisma.Decimal | undefined {
  const exposure = limit && together(rates, amounts, limit.currency)
  if (!exposure) return undefined
  if (!exposure.gt(0)) return new Prisma.Decimal(0)
  return limit.amount.isZero() ? new Prisma.Decimal(mostUsed) : Prisma.Decimal.min(exposure.mul(100).div(limit.amount).toDecimalPlaces(1), mostUsed)
}

function limitOf(told: ReadonlyMap<Criterion, CriterionValue>): Money | undefined {
  const limit = told.get('credit_limit')
  return limit?.is === 'money' && limit.currency ? { currency: limit.currency, amount: new Prisma.Decimal(limit.amount) } : undefined
}

const numberOf = (value: CriterionValue | undefined): Prisma.Decimal | undefined => (value?.is === 'number' ? new Prisma.Decimal(value.number) : undefined)

async function openOrders(db: Db, debtorIds: number[]): Promise<Map<number, Money[]>> {
  const rows = await db.$queryRaw<(Money & { debtorId: number })[]>`
    SELECT "debtorId", currency, sum(amount) AS amount FROM "Order" WHERE "debtorId" = ANY(${debtorIds}::int[]) AND status = 'open' GROUP BY 1, 2`
  return Map.groupBy(rows, ({ debtorId }) => debtorId)
}

/** What is open in a currency. `days`: age of the oldest overdue invoice, 0 when none is. */
type OpenItems = Money & { overdue: Prisma.Decimal; days: number }

async function openItems(db: Db, today: Temporal.PlainDate, debtorIds: number[]): Promise<Map<number, OpenItems[]>> {
  const isOverdue = Prisma.sql`"dueDate" < ${today.toString()}::date`
  const rows = await db.$queryRaw<(OpenItems & { debtorId: number })[]>`
    SELECT "debtorId", currency, sum("openAmount") AS amount, COALESCE(sum("openAmount") FILTER (WHERE ${isOverdue}), 0) AS overdue,
      COALESCE(max(${today.toString()}::date - "dueDate") FILTER (WHERE ${isOverdue} AND kind = 'invoice'), 0) AS days
    FROM "Invoice" WHERE "debtorId" = ANY(${debtorIds}::int[]) AND status = 'open' GROUP BY 1, 2`
  return Map.groupBy(rows, ({ debtorId }) => debtorId)
}

async function bureauValues(db: Db, debtorIds: number[]): Promise<Map<number, Map<Criterion, CriterionValue>>> {
  const rows = await db.$queryRaw<{ debtorId: number; criterion: Criterion; value: unknown }[]>`
    SELECT l."debtorId", v.criterion, v.value FROM "CreditLink" l JOIN "CreditValue" v ON v."companyId" = l."companyId"
    WHERE l."debtorId" = ANY(${debtorIds}::int[]) AND v.criterion NOT IN ('name', 'address', 'parent', 'risk')`
  const byDebtor = Map.groupBy(rows, ({ debtorId }) => debtorId)
  return new Map([...byDebtor].map(([id, own]) => [id, new Map(own.map(({ criterion, value }) => [criterion, criterionValueSchema.parse(value)]))]))
}
