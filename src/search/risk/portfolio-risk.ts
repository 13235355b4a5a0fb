import { type AgedBalance, type AgingScope, agingOf, type Money } from '#ledger'
import { debtorRowInSight, debtorsInSight } from '#people'
import { type Db, Prisma } from '#platform'
import { largestSums, type SearchContext, sqlDay } from '../fields/field.ts'
import { atRiskRows, graveMatter } from '../fields/ledger-fields.ts'

/** What the ledger itself tells of a debtor's risk; a credit bureau's word is no part of it. */
export type RiskFacts = {
  /** Age in days of the oldest overdue item; 0 when none is. */
  daysOverdue: number
  /** Promises that were broken, or whose day is past. */
  brokenPromises: number
  disputes: number
  /** An insolvency or a legal matter runs. */
  grave: boolean
}

export type DebtorRisk = RiskFacts & {
  id: number
  number: string
  name: string
  administration: string
  /** At risk, in the reporting currency; of several currencies without a rate, the largest sum. */
  value: Prisma.Decimal
  /** What of it is in which currency, the largest first. */
  amounts: Money[]
}

/** `total`: of debtors; `amounts`: at risk at all of them, by currency. */
export type PortfolioRisk = { total: number; debtors: DebtorRisk[]; amounts: Money[]; aging: AgedBalance[] }

/** `collector`: short name of a colleague; only their accounts then. */
type RiskScope = { collector?: string | undefined }

/** The debtors in sight with something at risk, the most first, a page of them with the number of all, and the age of all that is open in the scope. */
export async function portfolioRisk(
  db: Db,
  context: SearchContext,
  { collector }: RiskScope,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<PortfolioRisk> {
  const atRisk = Prisma.sql`FROM (${largestSums(context, atRiskRows)}) AS risk JOIN "Debtor" d ON d.id = risk.id JOIN "Administration" a ON a.id = d."administrationId"
    WHERE risk.value > 0 AND NOT d.archived AND ${debtorRowInSight(context.sight, Prisma.raw('d'), Prisma.sql`a.code`)}
      AND ${collector === undefined ? Prisma.sql`TRUE` : Prisma.sql`lower(d.collector) = ${collector}`}`
  const page = await db.$queryRaw<Omit<DebtorRisk, 'amounts'>[]>`
    WITH page AS MATERIALIZED (
      SELECT d.id, d.number, d.name, a.name AS administration, risk.value ${atRisk} ORDER BY risk.value DESC, d.name, d.id LIMIT ${limit} OFFSET ${offset})
    SELECT page.*, ${factColumns(context, Prisma.sql`page.id`)} FROM page ORDER BY page.value DESC, page.name, page.id`
  const ids = page.map(({ id }) => id)
  const own = await amountsOf(db, context, id => Prisma.sql`${id} = ANY(${ids}::int[])`)
  const [all] = await db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${atRisk}`
  const amounts = await db.$queryRaw<Money[]>`
    SELECT x.currency, sum(x.amount) AS amount FROM (${atRiskRows(context, id => Prisma.sql`${id} IN (SELECT d.id ${atRisk})`)}) AS x GROUP BY 1 ORDER BY 2 DESC`
  return {
    total: all?.total ?? 0,
    debtors: page.map(row => ({ ...row, amounts: own.filter(({ id }) => id === row.id) })),
    amounts,
    aging: await agingOf(db, context.today, await agingScope(db, context, collector ?? context.sight.accounts)),
  }
}

/** Of a collector their debtors in sight, else the administrations in sight. */
async function agingScope(db: Db, { sight }: SearchContext, collector: string | undefined): Promise<AgingScope> {
  if (collector === undefined) {
    if (sight.administrations === 'all') return {}
    const own = await db.administration.findMany({ where: { code: { in: [...sight.administrations] } }, select: { id: true } })
    return { administrationIds: own.map(({ id }) => id) }
  }
  const own = await db.debtor.findMany({ where: { collector: { equals: collector, mode: 'insensitive' }, ...debtorsInSight(sight) }, select: { id: true } })
  return { debtorIds: own.map(({ id }) => id) }
}

/** What the ledger tells of one debtor's risk, and what of it is at risk by currency. */
export async function riskOf(db: Db, context: SearchContext, debtorId: number): Promise<{ facts: RiskFacts; amounts: Money[] }> {
  const [facts] = await db.$queryRaw<RiskFacts[]>`SELECT ${factColumns(context, Prisma.sql`${debtorId}::int`)}`
  const amounts = await amountsOf(db, context, id => Prisma.sql`${id} = ${debtorId}`)
  return { facts: facts ?? { daysOverdue: 0, brokenPromises: 0, disputes: 0, grave: false }, amounts }
}

const amountsOf = (db: Db, context: SearchContext, scope: (id: Prisma.Sql) => Prisma.Sql): Promise<(Money & { id: number })[]> =>
  db.$queryRaw`SELECT x.id, x.currency, sum(x.amount) AS amount FROM (${atRiskRows(context, scope)}) AS x GROUP BY x.id, x.currency ORDER BY 3 DESC, 2`

const factColumns = ({ today }: SearchContext, id: Prisma.Sql): Prisma.Sql => Prisma.sql`
  COALESCE((SELECT max(${sqlDay(today)} - i."dueDate") FROM "Invoice" i
    WHERE i."debtorId" = ${id} AND i.status = 'open' AND i.kind = 'invoice' AND i."dueDate" < ${sqlDay(today)}), 0) AS "daysOverdue",
  (SELECT count(*)::int FROM "PromiseToPay" r WHERE r."debtorId" = ${id}
    AND (r.status = 'broken' OR (r.status = 'open' AND r."promisedOn" < ${sqlDay(today)}))) AS "brokenPromises",
  (SELECT count(*)::int FROM "Dispute" q WHERE q."debtorId" = ${id} AND q.status = 'open') AS disputes,
  ${graveMatter({ today }, id)} AS grave`
