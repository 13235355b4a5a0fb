import type { Money } from '#ledger'
import { Prisma } from '#platform'
import type { SearchContext } from '#search'
import type { CardContext } from '../cards/proposal-card.ts'

/** A total in the reporting currency; what has no rate stands beside it in its own. */
export function inReporting(amounts: readonly Money[], { rates }: SearchContext, { format }: CardContext): string {
  const converted = amounts.map(({ amount, currency }) => {
    const rate = rates?.rates.get(currency)
    return rates && rate ? { currency: rates.currency, amount: amount.mul(rate) } : { currency, amount }
  })
  return [...Map.groupBy(converted, ({ currency }) => currency)]
    .map(([currency, own]) =>
      format.shortMoney(
        own.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0)),
        currency,
      ),
    )
    .join(' + ')
}
