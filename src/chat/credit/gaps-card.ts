import type { GapLine, GapList } from '#credit'
import { type Card, type CardElement, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

/** `isOfOne`: of one administration, which the title names; else of all in sight. `duplicates`: companies that are several debtors. */
type GapsShown = { title: string; isOfOne: boolean; gaps: GapList; duplicates: number }

/** Who should be monitored and is not, by reason, each with the way to mend it. */
export function gapsCard({ title, isOfOne, gaps, duplicates }: GapsShown, buttons: CardInput['buttons'], { words, format }: CardContext): Card {
  const { parties: say } = words
  const all = gaps.reasons.reduce((sum, { count }) => sum + count, 0)
  const summary = all === 0 ? say.noGaps : say.gapSummary(all, gaps.inScope)
  return cardSchema.parse({
    title,
    subtitle: summary,
    elements: [
      ...(all === 0
        ? []
        : [
            {
              type: 'table',
              columns: [{ title: say.why }, { title: say.debtors, align: 'right' }],
              rows: gaps.reasons.map(({ reason, count }) => [say.reason[reason], format.number(count)]),
            },
          ]),
      ...gaps.lines.map(line => gapPick(line, isOfOne, { words, format })),
      ...(duplicates > 0 ? [{ type: 'text', text: say.duplicates(duplicates), weight: 'subtle' }] : []),
    ],
    buttons,
    fallback: `${title}: ${summary}`,
  })
}

/** Where people have to look at companies it leads to them, else to the numbers. */
function gapPick({ debtorId, number, name, administration, reason, fault, balances }: GapLine, isOfOne: boolean, { words, format }: CardContext): CardElement {
  const { parties: say } = words
  const owed = balances.map(({ balance, currency }) => format.money(balance, currency)).join(' + ')
  const why = fault ? `${say.reason[reason]}: ${say.fault[fault]}` : say.reason[reason]
  const isReview = reason === 'several' || reason === 'not_found' || reason === 'gone'
  const data = { debtor: String(debtorId) }
  const label = isReview ? say.review(oneLine(name, 40)) : `${say.fix}: ${oneLine(name, 50)}`
  return {
    type: 'pick',
    text: oneLine(name, 80),
    note: [why, number, !isOfOne && administration, owed].filter(Boolean).join(' · '),
    verb: isReview ? say.look : say.fix,
    button: { action: isReview ? 'review.show' : 'gap.fix', label, style: 'default', data },
  }
}
