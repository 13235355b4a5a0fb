import { type DebtorLimits, type Exposure, leftOf, type Money, usedOf } from '#ledger'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

/** The limits that stand, our own and the insurer's, each with how much of it open items and orders in its own currency use, or leave. */
export function limitFacts(
  { exposure, limits }: { exposure: readonly Exposure[]; limits: DebtorLimits },
  context: CardContext,
): { label: string; value: string }[] {
  const { words, format } = context
  const { credit: say } = words
  const { internal, insured: cover } = limits
  const left = cover && leftOf(cover, exposure)
  return [
    ...(internal ? [{ label: say.ourLimit, value: usedText(internal, exposure, context) }] : []),
    ...(cover && left
      ? [
          {
            label: cover.insurer ? say.insuredBy(oneLine(cover.insurer, 40)) : say.insured,
            value: [format.money(cover.amount, cover.currency), left.isZero() ? say.nothingLeft : say.left(format.money(left, cover.currency))].join(' · '),
          },
        ]
      : []),
  ]
}

/** A limit with the share of it that is used. */
export function usedText(limit: Money, exposure: readonly Exposure[], { words, format }: CardContext): string {
  const share = usedOf(limit, exposure)
  return [format.money(limit.amount, limit.currency), share && words.credit.usedShare(format.percent(share.toNumber()))].filter(Boolean).join(' · ')
}
