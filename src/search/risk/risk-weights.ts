import { Prisma } from '#platform'
import { type AmountRows, countedIn, type SearchContext, sqlDay } from '../fields/field.ts'
import { balanceRows, isGrave } from '../fields/ledger-fields.ts'
import { insuredSums } from './insured-part.ts'

/**
 * Which part of what is open is thought to be at risk, in percent: the highest of all that is so of a debtor. They are no default rates of
 * any bureau: they put D and E far before A, and a hard fact before every letter. docs/credit.md has the table.
 */
export const riskWeights = {
  A: 1,
  B: 2,
  C: 6,
  D: 20,
  E: 30,
  /** No rating and no score is known. */
  unrated: 5,
  judgment: 40,
  inactive: 50,
  insolvency: 100,
  /** Something is overdue for more than 90 days. */
  longOverdue: 40,
}

const percent = (weight: number): Prisma.Sql => Prisma.raw(weight.toFixed(0))
const { A, B, C, D, E, unrated } = riskWeights

// The class that goes with all that the bureau says, whatever its scales.
const byClass = Prisma.sql`CASE c."ratingClass" WHEN 'A' THEN ${percent(A)} WHEN 'B' THEN ${percent(B)} WHEN 'C' THEN ${percent(C)}
  WHEN 'D' THEN ${percent(D)} WHEN 'E' THEN ${percent(E)} ELSE ${percent(unrated)} END`

const hardFact = Prisma.sql`CASE WHEN v.criterion = 'insolvency' AND v.value->>'is' <> 'none' THEN ${percent(riskWeights.insolvency)}
  WHEN v.criterion = 'status' AND upper(v.value->>'key') <> 'ACTIVE' THEN ${percent(riskWeights.inactive)}
  WHEN v.criterion IN ('judgments', 'privileges') AND (v.value->>'number')::numeric > 0 THEN ${percent(riskWeights.judgment)} END`

/** By debtor `id` the weight in percent, as `weight`, of those of whom a bureau or the ledger says something; all others are `unrated`. */
export const weightsOf = (context: SearchContext, scope: Parameters<AmountRows>[1]): Prisma.Sql => Prisma.sql`
  SELECT x.id, max(x.weight) AS weight FROM (
    SELECT l."debtorId" AS id, ${byClass} AS weight FROM "CreditLink" l JOIN "CreditCompany" c ON c.id = l."companyId" WHERE ${scope(Prisma.sql`l."debtorId"`)}
    UNION ALL SELECT l."debtorId", ${hardFact} FROM "CreditValue" v JOIN "CreditLink" l ON l."companyId" = v."companyId"
      WHERE v.criterion IN ('insolvency', 'status', 'judgments', 'privileges') AND ${scope(Prisma.sql`l."debtorId"`)}
    UNION ALL SELECT h."debtorId", ${percent(riskWeights.insolvency)} FROM "DunningHold" h WHERE ${isGrave(context, Prisma.sql`h`)} AND ${scope(Prisma.sql`h."debtorId"`)}
    UNION ALL SELECT DISTINCT i."debtorId", ${percent(riskWeights.longOverdue)} FROM "Invoice" i
      WHERE i.status = 'open' AND i.kind = 'invoice' AND i."dueDate" < ${sqlDay(context.today)} - 90 AND ${scope(Prisma.sql`i."debtorId"`)}) AS x GROUP BY x.id`

/** The same of all debtors. */
export const weightsOfAll = (context: SearchContext): Prisma.Sql => weightsOf(context, () => Prisma.sql`TRUE`)

/** What is open at debtors and not insured, by its weight: the exposure at risk. */
export const weightedRows: AmountRows = (context, scope) => Prisma.sql`
  SELECT b.id, b.currency, b.amount * COALESCE(1 - n.insured / n.total, 1) * COALESCE(w.weight, ${percent(unrated)}) / 100 AS amount
  FROM (${balanceRows(context, scope)}) AS b LEFT JOIN (${weightsOf(context, scope)}) AS w ON w.id = b.id
  LEFT JOIN (${insuredSums(context, scope)}) AS n ON n.id = b.id AND n.currency = ${countedIn(context, Prisma.sql`b.currency`)}`
