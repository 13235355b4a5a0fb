import { type Card, cardSchema } from '../card.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

export type OpsAlertView = { id: number; key: string; problem: string; remedy: string; raisedAt: Date; resolvedAt: Date | null }

/** The card of an alert about Duncan itself: what fails, and what to do next. */
export function opsCard(alert: OpsAlertView, { words, format }: CardContext): Card {
  const problem = oneLine(alert.problem, 600)
  const [area = '', ...name] = alert.key.split(':')
  const title = [words.ops.area[area as keyof Words['ops']['area']] ?? area, oneLine(name.join(':'), 80)].filter(Boolean).join(' · ')
  const solved = alert.resolvedAt
  return cardSchema.parse({
    title,
    subtitle: words.ops.title,
    status: solved ? { text: words.ops.resolved, tone: 'good' } : { text: words.ops.failing, tone: 'bad' },
    elements: [
      { type: 'text', text: problem },
      ...(solved ? [] : [{ type: 'notice', tone: 'neutral', title: words.ops.remedy, lines: [oneLine(alert.remedy, 600)] }]),
      {
        type: 'facts',
        inline: true,
        facts: [
          { label: words.ops.since, value: format.dateTime(alert.raisedAt) },
          ...(solved ? [{ label: words.ops.until, value: format.dateTime(solved) }] : []),
        ],
      },
    ],
    ...(area === 'job' && !solved && { buttons: [{ action: 'jobs.show', label: words.people.jobsTitle }] }),
    fallback: `${solved ? words.ops.resolved : words.ops.title}: ${problem}`,
  })
}
