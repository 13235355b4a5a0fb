import type { ActionItem } from '#dunning'
import { Prisma } from '#platform'

/** What is asked for of these items, by currency, as decimal strings. */
export function amountsOf(items: readonly Pick<ActionItem, 'amount' | 'currency'>[]): { amount: string; currency: string }[] {
  const sums = new Map<string, Prisma.Decimal>()
  for (const { amount, currency } of items) sums.set(currency, (sums.get(currency) ?? new Prisma.Decimal(0)).add(amount))
  return [...sums].map(([currency, amount]) => ({ amount: amount.toFixed(), currency }))
}
