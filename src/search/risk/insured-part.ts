import { missedDeadlines } from '#credit'
import { Prisma } from '#platform'
import { type AmountRows, ratesTable, type SearchContext, sumsByCurrency } from '../fields/field.ts'
import { balanceRows } from '../fields/ledger-fields.ts'

type Scope = Parameters<AmountRows>[1]

/**
 * By debtor `id` the `limit` up to which an insurer bears a `part` of what is open, in its `currency` (the reporting one where there is a rate): the limit
 * that the insurer named, else the one that the policy gives everybody. Who missed a day of the policy has none, since the cover may be lost.
 */
export const insuredLimits = ({ rates, today }: SearchContext, scope: Scope): Prisma.Sql => Prisma.sql`
  SELECT c."debtorId" AS id, ${rates ? Prisma.sql`CASE WHEN r.rate IS NULL THEN said.currency::text ELSE ${rates.currency}::text END` : Prisma.sql`said.currency::text`} AS currency,
    said.amount * ${rates ? Prisma.sql`COALESCE(r.rate, 1)` : Prisma.sql`1`} AS "limit", p."insuredPercent" / 100.0 AS part
  FROM "InsuredDebtor" c JOIN "InsurancePolicy" p ON p.id = c."policyId"
  LEFT JOIN "DebtorLimit" l ON l."debtorId" = c."debtorId" AND l.kind = 'insured' AND l."endedAt" IS NULL
  CROSS JOIN LATERAL (SELECT COALESCE(l.amount, p."limitAmount") AS amount, COALESCE(l.currency, p."limitCurrency") AS currency) AS said
  ${rates ? Prisma.sql`LEFT JOIN ${ratesTable(rates)} ON r.currency = said.currency` : Prisma.empty}
  WHERE said.amount > 0 AND ${scope(Prisma.sql`c."debtorId"`)} AND c."debtorId" NOT IN (${missedDeadlines(today, scope)})`

/** What of a `total` that is owed is `insured`, given a row of insuredLimits under the name `cover`; 0 without one. */
export const insuredOf = (total: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE(GREATEST(0, LEAST(${total}, cover."limit")) * cover.part, 0)`

/** By debtor `id` and `currency` what is open of insured debtors as `total`, and what of it is `insured`; only where something is. */
export const insuredSums = (context: SearchContext, scope: Scope): Prisma.Sql => Prisma.sql`
  SELECT owed.id, owed.currency, owed.total, ${insuredOf(Prisma.sql`owed.total`)} AS insured
  FROM (${sumsByCurrency(context, balanceRows, id => Prisma.sql`${scope(id)} AND ${id} IN (SELECT n."debtorId" FROM "InsuredDebtor" n)`)}) AS owed
  JOIN (${insuredLimits(context, scope)}) AS cover ON cover.id = owed.id AND cover.currency = owed.currency WHERE owed.total > 0`
