import { Prisma } from '#platform'
import type { InvoiceView, MoneyView, ProposalView } from '#proposals'

/** What is open on the invoices that a proposal touches, in their own currencies, the largest first; empty when it touches none. */
export function amountConcerned({ actions, debtor }: ProposalView): MoneyView[] {
  const touching = actions.filter(({ status }) => status !== 'skipped')
  if (debtor && touching.some(({ wholeDebtor }) => wholeDebtor)) return debtor.open
  return openOn(touching.flatMap(({ invoices }) => invoices))
}

/** What is open on some invoices, each counted once, in their own currencies, the largest first. */
export function openOn(named: Pick<InvoiceView, 'id' | 'currency' | 'openAmount'>[]): MoneyView[] {
  const invoices = new Map(named.map(invoice => [invoice.id, invoice]))
  const sums = new Map<string, Prisma.Decimal>()
  for (const { currency, openAmount } of invoices.values()) sums.set(currency, (sums.get(currency) ?? new Prisma.Decimal(0)).plus(openAmount))
  return [...sums]
    .filter(([, sum]) => !sum.isZero())
    .toSorted(([, a], [, b]) => b.comparedTo(a))
    .map(([currency, sum]) => ({ currency, amount: sum.toFixed(2) }))
}
