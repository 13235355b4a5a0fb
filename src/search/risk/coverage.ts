import { codeInSight } from '#people'
import { type Db, Prisma } from '#platform'
import { type SearchContext, sumsByCurrency } from '../fields/field.ts'
import { balanceRows } from '../fields/ledger-fields.ts'

/** The steps on which what is open comes to be covered; each has only what the one before it has. */
export const coverageStages = ['valid', 'identified', 'monitored', 'fresh'] as const
export type CoverageStage = (typeof coverageStages)[number]

/**
 * How much of what is open credit bureaus cover. `valid`: the debtor's company number is valid, or a person chose its company;
 * `identified`: its company is known by that number; `monitored`: it is watched; `fresh`: the newest complete run ended in the last 24 hours
 * and reached it.
 */
export type Coverage = { currency: string; open: Prisma.Decimal } & Record<CoverageStage, Prisma.Decimal>

const freshHours = 24

/**
 * The coverage of each administration in sight, of debtors that owe something on balance: in the reporting currency, and in a row of its
 * own for each currency without a rate. Administrations with nothing open are left out. `now`: to which moment the hours are counted.
 */
export const coverageOf = (db: Db, context: SearchContext, now: Date): Promise<(Coverage & { administration: string; code: string })[]> =>
  db.$queryRaw`
  WITH covered AS (
    SELECT d.id, a.code, a.name, ${isValid} AS valid, l.source = 'chosen' OR l.number IN (d."companyNumber", d."vatNumber") AS known, c.monitoring = 'monitored' AS watched,
      run.id IS NOT NULL AND NOT EXISTS (SELECT FROM "CreditRunCompany" r WHERE r."runId" = run.id AND r."companyId" = c.id AND r.outcome IN ('due', 'failed', 'over_quota')) AS reached
    FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId"
    LEFT JOIN "CreditGap" g ON g."debtorId" = d.id LEFT JOIN "CreditLink" l ON l."debtorId" = d.id LEFT JOIN "CreditCompany" c ON c.id = l."companyId"
    LEFT JOIN (SELECT DISTINCT ON (n.bureau) n.bureau, n.id FROM "CreditRun" n
      WHERE n."finishedAt" BETWEEN ${new Date(now.getTime() - freshHours * 3_600_000)} AND ${now} ORDER BY n.bureau, n."finishedAt" DESC) AS run ON run.bureau = c.bureau
    WHERE NOT d.archived AND d."partyType" = 'debtor' AND ${codeInSight(context.sight, Prisma.sql`a.code`)})
  SELECT k.code, k.name AS administration, owed.currency, sum(owed.total) AS open, ${sumWhere(Prisma.sql`k.valid`)} AS valid,
    ${sumWhere(Prisma.sql`k.valid AND k.known`)} AS identified, ${sumWhere(Prisma.sql`k.valid AND k.known AND k.watched`)} AS monitored,
    ${sumWhere(Prisma.sql`k.valid AND k.known AND k.watched AND k.reached`)} AS fresh
  FROM (${sumsByCurrency(context, balanceRows, () => Prisma.sql`TRUE`)}) AS owed JOIN covered k ON k.id = owed.id
  WHERE owed.total > 0 GROUP BY k.code, k.name, owed.currency ORDER BY k.name, k.code, owed.currency`

// A VAT number is a company number in some countries only; which ones, the bureau's last word on the debtor tells.
const isValid = Prisma.sql`(l.source = 'chosen') IS TRUE OR (d.country IS NOT NULL AND (d."companyNumber" IS NOT NULL OR (d."vatNumber" IS NOT NULL
  AND d."companyNumberProblem" IS NULL AND (g.reason IN ('no_country', 'no_number', 'bad_number')) IS NOT TRUE)))`

const sumWhere = (condition: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE(sum(owed.total) FILTER (WHERE ${condition}), 0)`

/** Coverage of several administrations together, one row per currency. */
export function totalCoverage(rows: readonly Coverage[]): Coverage[] {
  const sum = (own: readonly Coverage[], of: 'open' | CoverageStage) => own.reduce((total, row) => total.add(row[of]), new Prisma.Decimal(0))
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    open: sum(own, 'open'),
    valid: sum(own, 'valid'),
    identified: sum(own, 'identified'),
    monitored: sum(own, 'monitored'),
    fresh: sum(own, 'fresh'),
  }))
}
