import type { EntryView } from '#proposals'
import type { CardElement } from '../card.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

const mostNamed = 6

/** What the text of a step does not ask for, and why: late invoices that something keeps back, and charges that cannot be told. */
export function untoldLines({ content }: EntryView, { words, format }: CardContext): CardElement[] {
  if (content.kind !== 'dunning') return []
  const { untold: say } = words.entries
  const left = (content.leftOut ?? []).map(({ number, why }) => `${oneLine(number, 40)} (${words.debtorCard.waitReason[why]})`)
  // The same is mostly true of all of them.
  const alike = Map.groupBy(content.untold ?? [], ({ what, why, on }) => [what, why, on].join())
  const lines = [...alike.values()].flatMap(all =>
    all.slice(0, 1).map(({ what, why, on }) => {
      const numbers = all.map(({ invoice }) => (invoice === null ? words.card.allInvoices : oneLine(invoice, 40)))
      return say.line(
        say.what[what],
        shortened(numbers).join(', '),
        why === 'no_rate' && on !== undefined ? say.why.no_rate_since(format.day(on)) : say.why[why],
      )
    }),
  )
  return [
    ...(left.length > 0 ? [{ type: 'text' as const, text: say.leftOut(shortened(left).join(', ')), tone: 'neutral' as const, weight: 'normal' as const }] : []),
    ...(lines.length > 0 ? [{ type: 'notice' as const, tone: 'warning' as const, title: say.title, lines: shortened(lines) }] : []),
  ]
}

const shortened = (lines: readonly string[]): string[] =>
  lines.length > mostNamed ? [...lines.slice(0, mostNamed), `+ ${lines.length - mostNamed}`] : [...lines]
