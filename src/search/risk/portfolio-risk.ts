import { type AgedBalance, agingOf, type Money } from '#ledger'
import { codeInSight } from '#people'
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
  const inScope = Prisma.sql`NOT d.archived AND ${codeInSight(context.sight, Prisma.sql`a.code`)}
    AND ${collector === undefined ? Prisma.sql`TRUE` : Prisma.sql`lower(d.collector) = ${collector}`}`
  const page = await db.$queryRaw<(Omit<DebtorRisk, 'amounts'> & { total: number })[]>`
    WITH page AS MATERIALIZED (
      SELECT d.id, d.number, d.name, a.name AS administration, risk.value, (count(*) OVER ())::int AS total
      FROM (${largestSums(context, atRiskRows)}) AS risk JOIN "Debtor" d ON d.id = risk.id JOIN "Administration" a ON a.id = d."administrationId"
      WHERE risk.value > 0 AND ${inScope} ORDER BY risk.value DESC, d.name, d.id LIMIT ${limit} OFFSET ${offset})
    SELECT page.*, ${factColumns(context, Prisma.sql`page.id`)} FROM page ORDER BY page.value DESC, page.name, page.id`
  const known = await db.$queryRaw<{ id: number }[]>`SELECT d.id FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId" WHERE ${inScope}`
  const ids = page.map(({ id }) => id)
  const own = await amountsOf(db, context, id => Prisma.sql`${id} = ANY(${ids}::int[])`)
  const inList = Prisma.sql`SELECT d.id FROM (${largestSums(context, atRiskRows)}) AS risk JOIN "Debtor" d ON d.id = risk.id
    JOIN "Administration" a ON a.id = d."administrationId" WHERE risk.value > 0 AND ${inScope}`
  return {
    total: page[0]?.total ?? 0,
    debtors: page.map(({ total: _total, ...row }) => ({ ...row, amounts: own.filter(({ id }) => id === row.id) })),
    amounts: sumByCurrency(await amountsOf(db, context, id => Prisma.sql`${id} IN (${inList})`)),
    aging: await agingOf(db, context.today, { debtorIds: known.map(({ id }) => id) }),
  }
}

/** What the ledger tells of one debtor's risk, and what of it is at risk by currency. */
export async function riskOf(db: Db, context: SearchContext, debtorId: number): Promise<{ facts: RiskFacts; amounts: Money[] }> {
  const [facts] = await db.$queryRaw<RiskFacts[]>`SELECT ${factColumns(context, Prisma.sql`${debtorId}::int`)}`
  const amounts = await amountsOf(db, context, id => Prisma.sql`${id} = ${debtorId}`)
  return { facts: facts ?? { daysOverdue: 0, brokenPromises: 0, disputes: 0, grave: false }, amounts }
}

const amountsOf = (db: Db, context: SearchContext, scope: (id: Prisma.Sql) => Prisma.Sql): Promise<(Money & { id: number })[]> =>
  db.$queryRaw`SELECT x.id, x.currency, sum(x.amount) AS amount FROM (${atRiskRows(context, scope)}) AS x GROUP BY x.id, x.currency ORDER BY 3 DESC, 2`

const sumByCurrency = (amounts: readonly Money[]): Money[] =>
  [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    amount: own.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0)),
  }))

const factColumns = ({ today }: SearchContext, id: Prisma.Sql): Prisma.Sql => Prisma.sql`
  COALESCE((SELECT max(${sqlDay(today)} - i."dueDate") FROM "Invoice" i
    WHERE i."debtorId" = ${id} AND i.status = 'open' AND i.kind = 'invoice' AND i."dueDate" < ${sqlDay(today)}), 0) AS "daysOverdue",
  (SELECT count(*)::int FROM "PromiseToPay" r WHERE r."debtorId" = ${id}
    AND (r.status = 'broken' OR (r.status = 'open' AND r."promisedOn" < ${sqlDay(today)}))) AS "brokenPromises",
  (SELECT count(*)::int FROM "Dispute" q WHERE q."debtorId" = ${id} AND q.status = 'open') AS disputes,
  ${graveMatter({ today }, id)} AS grave`
