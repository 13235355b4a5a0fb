import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma } from '#platform'

/** Buckets by days past due. On its due date itself an item is not overdue. */
export const agingBuckets = [
  { name: 'not_due', from: null, to: 0 },
  { name: 'd1_30', from: 1, to: 30 },
  { name: 'd31_60', from: 31, to: 60 },
  { name: 'd61_90', from: 61, to: 90 },
  { name: 'd91_120', from: 91, to: 120 },
  { name: 'd120_plus', from: 121, to: null },
] as const
export type AgingBucket = (typeof agingBuckets)[number]['name']

/** Open amounts in one currency; credit notes count negative. The buckets add up to the balance. */
export type AgedBalance = {
  currency: string
  balance: Prisma.Decimal
  overdue: Prisma.Decimal
  buckets: Record<AgingBucket, Prisma.Decimal>
  openCount: number
  overdueCount: number
}

/** What to add up: everything when empty. */
export type AgingScope = { administrationIds?: number[]; debtorIds?: number[]; groupId?: number }

/** The open balance by age on a day, one row per currency, of the whole portfolio or a part of it. */
export async function agingOf(db: Db, today: Temporal.PlainDate, scope: AgingScope = {}): Promise<AgedBalance[]> {
  const rows = await db.$queryRaw<AgingRow[]>`SELECT i.currency, ${agedSums(today)} ${openItems(scope)} GROUP BY i.currency ORDER BY i.currency`
  return rows.map(toBalance)
}

/** The same per debtor, for those that have open items; by debtor id. */
export async function agingByDebtor(db: Db, today: Temporal.PlainDate, scope: AgingScope = {}): Promise<Map<number, AgedBalance[]>> {
  const rows = await db.$queryRaw<(AgingRow & { debtorId: number })[]>`
    SELECT i."debtorId", i.currency, ${agedSums(today)} ${openItems(scope)} GROUP BY i."debtorId", i.currency ORDER BY i."debtorId", i.currency`
  const byDebtor = new Map<number, AgedBalance[]>()
  for (const row of rows) byDebtor.set(row.debtorId, [...(byDebtor.get(row.debtorId) ?? []), toBalance(row)])
  return byDebtor
}

export type PortfolioTotals = {
  /** Debtors with at least one open item. */
  debtors: number
  overdueDebtors: number
  /** One row per currency: amounts of different currencies are never added. */
  balances: AgedBalance[]
}

/** The figures of the portfolio on a day: balance, overdue amount and number of debtors. */
export async function portfolioTotals(db: Db, today: Temporal.PlainDate, scope: AgingScope = {}): Promise<PortfolioTotals> {
  const [count] = await db.$queryRaw<{ debtors: number; overdue: number }[]>`
    SELECT count(DISTINCT i."debtorId")::int AS debtors, (count(DISTINCT i."debtorId") FILTER (WHERE i."dueDate" < ${day(today)}))::int AS overdue ${openItems(scope)}`
  return { debtors: count?.debtors ?? 0, overdueDebtors: count?.overdue ?? 0, balances: await agingOf(db, today, scope) }
}

type AgingRow = { currency: string; balance: Prisma.Decimal; overdue: Prisma.Decimal; open_count: number; overdue_count: number } & Record<
  AgingBucket,
  Prisma.Decimal
>

const day = (today: Temporal.PlainDate): Prisma.Sql => Prisma.sql`${today.toString()}::date`

/** The sums of items `i` by age, as SQL columns named as `AgedBalance` has them; `amount`: what of each item counts. */
export function agedSums(today: Temporal.PlainDate, amount: Prisma.Sql = Prisma.sql`i."openAmount"`): Prisma.Sql {
  const age = Prisma.sql`(${day(today)} - i."dueDate")`
  const buckets = agingBuckets.map(({ name, from, to }) => {
    const lower = from === null ? Prisma.sql`true` : Prisma.sql`${age} >= ${from}::int`
    const upper = to === null ? Prisma.sql`true` : Prisma.sql`${age} <= ${to}::int`
    return Prisma.sql`COALESCE(sum(${amount}) FILTER (WHERE ${lower} AND ${upper}), 0) AS ${Prisma.raw(name)}`
  })
  return Prisma.sql`sum(${amount}) AS balance, COALESCE(sum(${amount}) FILTER (WHERE ${age} > 0), 0) AS overdue,
    count(*)::int AS open_count, (count(*) FILTER (WHERE ${age} > 0))::int AS overdue_count, ${Prisma.join(buckets)}`
}

function openItems({ administrationIds, debtorIds, groupId }: AgingScope): Prisma.Sql {
  const parts = [Prisma.sql`i.status = 'open'`]
  if (administrationIds) parts.push(Prisma.sql`i."administrationId" = ANY(${administrationIds}::int[])`)
  if (debtorIds) parts.push(Prisma.sql`i."debtorId" = ANY(${debtorIds}::int[])`)
  if (groupId !== undefined) parts.push(Prisma.sql`i."debtorId" IN (SELECT id FROM "Debtor" WHERE "groupId" = ${groupId}::int)`)
  return Prisma.sql`FROM "Invoice" i WHERE ${Prisma.join(parts, ' AND ')}`
}

function toBalance({ currency, balance, overdue, open_count, overdue_count, ...buckets }: AgingRow): AgedBalance {
  const inBucket = Object.fromEntries(agingBuckets.map(({ name }) => [name, buckets[name]])) as AgedBalance['buckets']
  return { currency, balance, overdue, buckets: inBucket, openCount: open_count, overdueCount: overdue_count }
}
