import { currencyDigits } from '#ledger'
import { Prisma } from '#platform'
import type { SearchContext } from '#search'

/**
 * An amount in the reporting currency, as SQL: a join to stand behind the amount's table, and the expressions of its currency and value. What
 * has no rate stays in its own currency, and is never counted as the other.
 */
export function inReporting(
  { rates }: SearchContext,
  amount: Prisma.Sql,
  currency: Prisma.Sql,
): { join: Prisma.Sql; currency: Prisma.Sql; amount: Prisma.Sql } {
  if (!rates) return { join: Prisma.empty, currency, amount }
  const all = new Map([...rates.rates].map(([code, rate]) => [code, rate.toFixed()])).set(rates.currency, '1')
  return {
    join: Prisma.sql`LEFT JOIN unnest(${[...all.keys()]}::text[], ${[...all.values()]}::numeric[]) AS rate(currency, value) ON rate.currency = ${currency}`,
    currency: Prisma.sql`CASE WHEN rate.value IS NULL THEN ${currency} ELSE ${rates.currency}::text END`,
    amount: Prisma.sql`CASE WHEN rate.value IS NULL THEN ${amount} ELSE round(${amount} * rate.value, ${currencyDigits(rates.currency)}::int) END`,
  }
}
