import { type Card, cardSchema } from '../card.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

export type OpsAlertView = { id: number; key: string; problem: string; remedy: string; raisedAt: Date; resolvedAt: Date | null }

/** The card of an alert about Duncan itself: what fails, and what to do next. */
export function opsCard(alert: OpsAlertView, { words, format }: CardContext): Card {
  const problem = oneLine(alert.problem, 400)
  const solved = alert.resolvedAt
  return cardSchema.parse({
    title: problem,
    subtitle: `${words.ops.title} · ${alert.key}`,
    status: solved ? { text: words.ops.resolved, tone: 'good' } : { text: words.ops.failing, tone: 'bad' },
    elements: [
      {
        type: 'facts',
        facts: [
          ...(solved ? [] : [{ label: words.ops.remedy, value: oneLine(alert.remedy, 600) }]),
          { label: words.ops.since, value: format.dateTime(alert.raisedAt) },
          ...(solved ? [{ label: words.ops.until, value: format.dateTime(solved) }] : []),
        ],
      },
    ],
    fallback: `${solved ? words.ops.resolved : words.ops.title}: ${problem}`,
  })
}
