import { type AgedBalance, type AgingScope, agingOf, type Money } from '#ledger'
import { debtorRowInSight, debtorsInSight } from '#people'
import { type Db, Prisma } from '#platform'
import { type AmountRows, largestSums, type SearchContext, sqlDay } from '../fields/field.ts'
import { atRiskRows, balanceRows, graveMatter } from '../fields/ledger-fields.ts'
import { conditionSql } from '../query/compile.ts'
import type { Query } from '../query/query.ts'
import { type BureauWord, bureauWords } from './bureau-words.ts'
import { weightedRows } from './risk-weights.ts'

/** What the ledger itself tells of a debtor's risk. */
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
  /** All that is open there, likewise. */
  open: Money[]
  /** Where bureaus' words count: theirs. */
  bureau?: BureauWord | undefined
}

/** `total`: of debtors; `amounts`: at risk at all of them, by currency. */
export type PortfolioRisk = { total: number; debtors: DebtorRisk[]; amounts: Money[]; aging: AgedBalance[] }

/**
 * `collector`: short name of a colleague; only their accounts then. `query`: only debtors that it fits. `byBureau`: what is at risk is
 * all that is open, by its weight (risk-weights.ts); else what is overdue, and all of it where a grave matter runs.
 */
export type RiskScope = { collector?: string | undefined; query?: Query | undefined; byBureau?: boolean }

/** The debtors in sight with something at risk, the most first, a page of them with the number of all, and the age of all that is open in the scope. */
export async function portfolioRisk(
  db: Db,
  context: SearchContext,
  scope: RiskScope,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<PortfolioRisk> {
  // All that is at risk is added up once: the order, the page and the totals are read of that.
  const atRisk = scope.byBureau ? weightedRows : atRiskRows
  const [found] = await db.$queryRaw<{ total: number; page: { id: number; value: string }[]; amounts: { currency: string; amount: string }[] }[]>`
    WITH sums AS MATERIALIZED (SELECT x.id, x.currency, sum(x.amount) AS amount FROM (${atRisk(context, () => Prisma.sql`TRUE`)}) AS x GROUP BY 1, 2),
      hit AS MATERIALIZED (SELECT d.id, d.name, risk.value FROM (${largestSums(context, () => Prisma.sql`SELECT * FROM sums`)}) AS risk
        JOIN "Debtor" d ON d.id = risk.id JOIN "Administration" a ON a.id = d."administrationId" WHERE risk.value > 0 AND ${isInScope(context, scope)}),
      page AS (SELECT * FROM hit ORDER BY value DESC, name, id LIMIT ${limit} OFFSET ${offset}),
      total AS (SELECT s.currency, sum(s.amount) AS amount FROM sums s WHERE s.id IN (SELECT hit.id FROM hit) GROUP BY 1)
    SELECT (SELECT count(*)::int FROM hit) AS total,
      (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', id, 'value', value::text) ORDER BY value DESC, name, id), '[]') FROM page) AS page,
      (SELECT COALESCE(jsonb_agg(jsonb_build_object('currency', currency, 'amount', amount::text) ORDER BY amount DESC), '[]') FROM total) AS amounts`
  const { total = 0, page = [], amounts = [] } = found ?? {}
  const ids = page.map(({ id }) => id)
  const [debtors, own, open, words, aging] = await Promise.all([
    factsOf(db, context, ids),
    amountsOf(db, context, atRisk, ids),
    amountsOf(db, context, balanceRows, ids),
    scope.byBureau ? bureauWords(db, context, ids) : undefined,
    agingScope(db, context, scope).then(of => agingOf(db, context.today, of)),
  ])
  return {
    total,
    debtors: page.flatMap(({ id, value }) => {
      const facts = debtors.get(id)
      if (!facts) return []
      const sums = { amounts: own.filter(sum => sum.id === id), open: open.filter(sum => sum.id === id) }
      return { ...facts, value: new Prisma.Decimal(value), ...sums, bureau: words?.get(id) }
    }),
    amounts: amounts.map(({ currency, amount }) => ({ currency, amount: new Prisma.Decimal(amount) })),
    aging,
  }
}

type Named = RiskFacts & { id: number; number: string; name: string; administration: string }

async function factsOf(db: Db, context: SearchContext, ids: number[]): Promise<Map<number, Named>> {
  const rows = await db.$queryRaw<Named[]>`
    SELECT d.id, d.number, d.name, a.name AS administration, ${factColumns(context, Prisma.sql`d.id`)}
    FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId" WHERE d.id = ANY(${ids}::int[])`
  return new Map(rows.map(row => [row.id, row]))
}

/** Whether a debtor `d` with its administration `a` is in sight and in a scope. */
const isInScope = (context: SearchContext, { collector, query }: RiskScope): Prisma.Sql =>
  Prisma.sql`NOT d.archived AND ${debtorRowInSight(context.sight, Prisma.raw('d'), Prisma.sql`a.code`)}
    AND ${collector === undefined ? Prisma.sql`TRUE` : Prisma.sql`lower(d.collector) = ${collector}`} AND ${query ? conditionSql(query, context) : Prisma.sql`TRUE`}`

/** Of a collector or a query their debtors in sight, else the administrations in sight. */
async function agingScope(db: Db, context: SearchContext, scope: RiskScope): Promise<AgingScope> {
  const { sight } = context
  if (scope.query) {
    const fitting = await db.$queryRaw<{ id: number }[]>`
      SELECT d.id FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId" WHERE ${isInScope(context, scope)}`
    return { debtorIds: fitting.map(({ id }) => id) }
  }
  const collector = scope.collector ?? sight.accounts
  if (collector === undefined) {
    if (sight.administrations === 'all') return {}
    const own = await db.administration.findMany({ where: { code: { in: [...sight.administrations] } }, select: { id: true } })
    return { administrationIds: own.map(({ id }) => id) }
  }
  const own = await db.debtor.findMany({ where: { collector: { equals: collector, mode: 'insensitive' }, ...debtorsInSight(sight) }, select: { id: true } })
  return { debtorIds: own.map(({ id }) => id) }
}

/** What is known of one debtor's risk, and what is at risk there by currency. `byBureau` as in a scope. */
export async function riskOf(
  db: Db,
  context: SearchContext,
  debtorId: number,
  { byBureau = false }: Pick<RiskScope, 'byBureau'> = {},
): Promise<{ facts: RiskFacts; amounts: Money[]; bureau: BureauWord | undefined }> {
  const [facts] = await db.$queryRaw<RiskFacts[]>`SELECT ${factColumns(context, Prisma.sql`${debtorId}::int`)}`
  const amounts = await amountsOf(db, context, byBureau ? weightedRows : atRiskRows, [debtorId])
  const words = byBureau ? await bureauWords(db, context, [debtorId]) : undefined
  return { facts: facts ?? { daysOverdue: 0, brokenPromises: 0, disputes: 0, grave: false }, amounts, bureau: words?.get(debtorId) }
}

const amountsOf = (db: Db, context: SearchContext, rows: AmountRows, ids: number[]): Promise<(Money & { id: number })[]> =>
  db.$queryRaw`SELECT x.id, x.currency, sum(x.amount) AS amount FROM (${rows(context, id => Prisma.sql`${id} = ANY(${ids}::int[])`)}) AS x GROUP BY x.id, x.currency ORDER BY 3 DESC, 2`

const factColumns = ({ today }: SearchContext, id: Prisma.Sql): Prisma.Sql => Prisma.sql`
  COALESCE((SELECT max(${sqlDay(today)} - i."dueDate") FROM "Invoice" i
    WHERE i."debtorId" = ${id} AND i.status = 'open' AND i.kind = 'invoice' AND i."dueDate" < ${sqlDay(today)}), 0) AS "daysOverdue",
  (SELECT count(*)::int FROM "PromiseToPay" r WHERE r."debtorId" = ${id}
    AND (r.status = 'broken' OR (r.status = 'open' AND r."promisedOn" < ${sqlDay(today)}))) AS "brokenPromises",
  (SELECT count(*)::int FROM "Dispute" q WHERE q."debtorId" = ${id} AND q.status = 'open') AS disputes,
  ${graveMatter({ today }, id)} AS grave`
