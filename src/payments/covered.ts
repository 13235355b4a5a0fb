import { Prisma } from '#platform'

type Decimal = Prisma.Decimal
const zero = new Prisma.Decimal(0)

/** A part of a payment: what it pays of an invoice, and what was open of that by the ledger when it was begun. */
export type PaidPart = { invoiceId: number; amount: Decimal; openThen: Decimal }

/**
 * What of an invoice was paid online and is not in the ledger yet: all that was paid, less what the ledger shows as settled since the first of
 * these payments was begun. Parts in the order in which their payments were begun; never below zero, never beyond what is open.
 */
export function coveredOf(open: Decimal, parts: readonly Pick<PaidPart, 'amount' | 'openThen'>[]): Decimal {
  const [first] = parts
  if (!first) return zero
  const shown = Prisma.Decimal.max(zero, first.openThen.sub(open))
  const paid = parts.reduce((sum, { amount }) => sum.add(amount), zero)
  return Prisma.Decimal.max(zero, Prisma.Decimal.min(open, paid.sub(shown)))
}

/** What is left of a payment's parts once so much of it was taken back, the last parts first; parts of which nothing is left are left out. */
export function partsLeft<Part extends Pick<PaidPart, 'amount'>>(parts: readonly Part[], takenBack: Decimal): Part[] {
  let back = takenBack
  const left: Part[] = []
  for (const part of parts.toReversed()) {
    const amount = Prisma.Decimal.max(zero, part.amount.sub(back))
    back = Prisma.Decimal.max(zero, back.sub(part.amount))
    if (amount.gt(0)) left.unshift({ ...part, amount })
  }
  return left
}
