import { fullSight } from '#people'
import { type Clock, type Db, Prisma } from '#platform'
import { ratesTable } from '../fields/field.ts'
import { readReportingCurrency, readSearchContext } from '../read-context.ts'
import { insuredLimits, insuredOf } from '../risk/insured-part.ts'
import { riskWeights, weightsOfAll } from '../risk/risk-weights.ts'

/**
 * Stores what each debtor owes, in how many invoices and since when, and what of it is insured, and what of the rest is at risk (by its weight, risk-weights.ts), in
 * the reporting currency: lists of work are sorted by it, since adding up a million invoices for each page would take seconds. Returns how
 * many debtors stand otherwise than before.
 */
export async function refreshStanding({ client: db, clock, timeZone }: { client: Db; clock: Clock; timeZone: string }): Promise<number> {
  const context = await readSearchContext(db, { sight: fullSight, clock, timeZone })
  const rates = context.rates ?? { currency: await readReportingCurrency(db), rates: new Map() }
  const insured = insuredOf(Prisma.sql`now.balance`)
  const [row] = await db.$queryRaw<{ changed: number }[]>`
    WITH now AS MATERIALIZED (SELECT i."debtorId", CASE WHEN bool_and(r.rate IS NOT NULL) THEN sum(i."openAmount" * r.rate) END AS balance,
        (count(*) FILTER (WHERE i."openAmount" > 0))::int AS invoices, min(i."dueDate") FILTER (WHERE i."openAmount" > 0) AS due
      FROM "Invoice" i LEFT JOIN ${ratesTable(rates)} ON r.currency = i.currency WHERE i.status = 'open' GROUP BY 1),
    weighed AS MATERIALIZED (SELECT now."debtorId", round(now.balance, 3) AS balance, round((now.balance - ${insured}) * COALESCE(w.weight, ${riskWeights.unrated}) / 100, 3) AS risk,
        round(${insured}, 3) AS insured, now.invoices, now.due FROM now LEFT JOIN (${weightsOfAll(context)}) AS w ON w.id = now."debtorId"
        LEFT JOIN (${insuredLimits({ ...context, rates }, () => Prisma.sql`TRUE`)}) AS cover ON cover.id = now."debtorId" AND cover.currency = ${rates.currency}),
    gone AS (DELETE FROM "DebtorStanding" s WHERE NOT EXISTS (SELECT FROM now WHERE now."debtorId" = s."debtorId") RETURNING 1),
    written AS (INSERT INTO "DebtorStanding" AS s ("debtorId", balance, "atRisk", insured, invoices, "dueOn") SELECT "debtorId", balance, risk, insured, invoices, due FROM weighed
      ON CONFLICT ("debtorId") DO UPDATE SET balance = EXCLUDED.balance, "atRisk" = EXCLUDED."atRisk", insured = EXCLUDED.insured, invoices = EXCLUDED.invoices, "dueOn" = EXCLUDED."dueOn"
      WHERE (s.balance, s."atRisk", s.insured, s.invoices, s."dueOn") IS DISTINCT FROM (EXCLUDED.balance, EXCLUDED."atRisk", EXCLUDED.insured, EXCLUDED.invoices, EXCLUDED."dueOn") RETURNING 1)
    SELECT (SELECT count(*) FROM gone)::int + (SELECT count(*) FROM written)::int AS changed`
  return row?.changed ?? 0
}
