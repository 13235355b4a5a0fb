import type { ProposalView } from '#proposals'
import type { CardElement } from '../card.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

const tones = { matched: 'good', partial: 'warning', not_found: 'warning', unknown: 'neutral' } as const
const mostLines = 4

/** What the bank's statements say to the debtor's word that it paid: the lines that speak for it, what is open, how far they reach. */
export function claimElements({ claim, status }: ProposalView, { words, format }: CardContext): CardElement[] {
  const isWaiting = status === 'open' || status === 'awaiting_second' || status === 'snoozed'
  if (!claim || !isWaiting) return []
  const { bank } = words.payments
  const lines = claim.payments
    .slice(-mostLines)
    .map(({ amount, currency, receivedOn, text }) => bank.line(format.money(amount, currency), format.day(receivedOn), oneLine(text ?? '', 100)))
  const open = claim.stillOpen.map(({ amount, currency }) => format.money(amount, currency))
  return [
    {
      type: 'notice',
      tone: tones[claim.kind],
      title: bank[claim.kind],
      lines: [
        ...lines,
        ...(open.length > 0 && claim.kind === 'partial' ? [bank.open(open.join(' + '))] : []),
        claim.bankDataUntil === null ? bank.never : bank.until(format.day(claim.bankDataUntil)),
      ],
    },
  ]
}
