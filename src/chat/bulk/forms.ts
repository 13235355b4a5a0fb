import { createHash } from 'node:crypto'
import type { ProposalView } from '#proposals'
import { type Card, cardSchema } from '../card.ts'
import { amountsOn } from '../cards/bulk-card.ts'
import { cut, oneLine } from '../cards/cut.ts'
import { invoiceNumbers } from '../cards/describe-action.ts'
import { isMailAction } from '../cards/mail-action.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { Likeness } from './likeness.ts'
import type { BulkLine } from './read-lines.ts'

const sampleLength = 1200

/** A short mark of what was asked about: whoever confirms something else is asked again. */
export const markOf = (proposalIds: number[]): string => createHash('sha256').update(proposalIds.join()).digest('hex').slice(0, 12)

/** The id of a proposal's tick on the form. */
export const tickOf = (proposalId: number): string => `item.${proposalId}`

type Offered = { runId: number; likeness: Likeness; lines: BulkLine[]; above: BulkLine[]; sample: ProposalView | undefined }

/** All that would be approved, to take some out: a sample of what leaves, then a tick each; what is above the reader's limit is only named. */
export function reviewForm({ runId, likeness, lines, above, sample }: Offered, context: CardContext): Card {
  const { words } = context
  const say = words.bulk
  const ticks = lines.map(line => {
    const note = oneLine([invoiceNumbers(line.invoices), line.to.join(', ')].filter(Boolean).join(' → '), 70)
    const label = [oneLine(line.debtor, 45), amountsOn([line], context)].filter(Boolean).join(' · ')
    return { type: 'field' as const, field: { type: 'toggle' as const, id: tickOf(line.proposalId), label, value: true, ...(note && { note }) } }
  })
  return cardSchema.parse({
    title: say.reviewTitle,
    subtitle: [say.title(lines.length, words.verb[likeness.kind]), amountsOn(lines, context)].filter(Boolean).join(' · '),
    elements: [
      ...sampleLetter(sample, context),
      { type: 'text', text: say.untick, weight: 'subtle' },
      ...ticks,
      ...(above.length > 0 ? [{ type: 'notice' as const, tone: 'neutral' as const, title: say.aboveLimit(above.length), lines: above.map(nameOf) }] : []),
    ],
    buttons: [{ action: 'bulk.confirm', label: say.next, style: 'primary', data: { run: String(runId) } }],
    fallback: say.reviewTitle,
  })
}

/** Asks once more, with what it comes to: how many, about how much in each currency, and how many stay open. */
export function confirmForm(
  { runId, likeness, lines, leftOut }: { runId: number; likeness: Likeness; lines: BulkLine[]; leftOut: number },
  context: CardContext,
): Card {
  const { words } = context
  const say = words.bulk
  const ids = lines.map(({ proposalId }) => proposalId)
  const what = [words.verb[likeness.kind], amountsOn(lines, context)].filter(Boolean).join(' · ')
  return cardSchema.parse({
    title: say.confirmTitle(lines.length),
    subtitle: what,
    elements: [...(leftOut > 0 ? [{ type: 'text' as const, text: say.leftOut(leftOut) }] : []), { type: 'text', text: say.each, weight: 'subtle' }],
    buttons: [{ action: 'bulk.approve', label: say.approve(lines.length), style: 'primary', data: { run: String(runId), chosen: markOf(ids) } }],
    fallback: `${say.confirmTitle(lines.length)} ${what}`,
  })
}

const nameOf = ({ debtor, invoices }: BulkLine): string => [oneLine(debtor, 60), invoiceNumbers(invoices)].filter(Boolean).join(' · ')

function sampleLetter(sample: ProposalView | undefined, { words }: CardContext): Card['elements'] {
  const action = sample?.actions.find(isMailAction)
  if (!sample || !action) return []
  const { subject, text } = action.payload
  const shown = cut(text, sampleLength)
  return [
    {
      type: 'letter',
      label: words.bulk.sample(oneLine(sample.debtor?.name ?? '', 60)),
      facts: [{ label: words.card.subject, value: subject }],
      text: shown.rest > 0 ? `${shown.text}…` : shown.text,
    },
  ]
}
