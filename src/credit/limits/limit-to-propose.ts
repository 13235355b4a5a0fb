import { convertBy, type Money, type ratesOn } from '#ledger'
import { Prisma } from '#platform'

type Rates = Awaited<ReturnType<typeof ratesOn>>

/** What a debtor's own limit is compared with. `internal`: our own; `exposure`: open items and open orders, in whatever currencies. */
export type LimitFacts = { advice: Money; internal: Money | undefined; exposure: readonly Money[] }

/** Amounts are in the currency of the advice; `leftOut`: those that no rate converts. `no_rate`: it cannot be said without these currencies. */
export type LimitVerdict =
  | { kind: 'propose'; why: { code: 'over_advice'; exposure: Prisma.Decimal; leftOut: Money[] } | { code: 'advice_below_limit'; limit: Prisma.Decimal } }
  | { kind: 'nothing' }
  | { kind: 'no_rate'; currencies: string[] }

/**
 * Whether a limit of what the bureau advises is to be proposed: what is at risk is above the given share (percent) of the advice, or the
 * advice is below our own limit. Where our own limit is as low already there is nothing to propose.
 */
export function limitToPropose({ advice, internal, exposure }: LimitFacts, rates: Rates, fromPercent: number): LimitVerdict {
  const ours = internal && convertBy(rates, internal, advice.currency)
  if (ours?.kind === 'missing') return { kind: 'no_rate', currencies: [ours.currency] }
  if (ours?.amount.lte(advice.amount)) return { kind: 'nothing' }
  let total = new Prisma.Decimal(0)
  const leftOut: Money[] = []
  const missing = new Set<string>()
  for (const part of exposure.filter(({ amount }) => !amount.isZero())) {
    const converted = convertBy(rates, part, advice.currency)
    if (converted.kind === 'converted') total = total.plus(converted.amount)
    else {
      leftOut.push(part)
      missing.add(converted.currency)
    }
  }
  if (total.gt(advice.amount.mul(fromPercent).div(100))) return { kind: 'propose', why: { code: 'over_advice', exposure: total, leftOut } }
  if (ours) return { kind: 'propose', why: { code: 'advice_below_limit', limit: ours.amount } }
  return missing.size > 0 ? { kind: 'no_rate', currencies: [...missing] } : { kind: 'nothing' }
}
