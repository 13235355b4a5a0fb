import type { MoveView, NightView } from '#credit'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { bureauName } from './bureau-name.ts'
import { moveLines } from './matrix/moves.ts'
import { sayValue } from './say-value.ts'

const shown = 10

export type NightAlert = NightView['alerts'][number]

/** What a night at the bureau brought for one administration. */
export function nightCard({ administration, counts, lateAt, notAsked }: NightView, alerts: NightAlert[], moves: MoveView[], context: CardContext): Card {
  const { words, format } = context
  const say = words.credit
  const count = (label: string, value: number, always = false) => (always || value > 0 ? [{ label, value: format.number(value) }] : [])
  const title = say.nightTitle(administration.name)
  const subtitle = say.nightSummary(counts.changed, counts.inScope)
  return cardSchema.parse({
    title,
    subtitle,
    elements: [
      ...(lateAt ? [{ type: 'text', text: say.nightLate(format.dateTime(lateAt)), weight: 'subtle' }] : []),
      ...(notAsked.length > 0 ? [{ type: 'text', text: say.notAsked(notAsked.map(bureauName).join(', ')), tone: 'warning' }] : []),
      ...(alerts.length === 0 && moves.length === 0 ? [{ type: 'text', text: say.nothingNew, weight: 'subtle' }] : []),
      ...alertLines(alerts, context),
      ...moveLines(moves, context),
      {
        type: 'facts',
        inline: true,
        facts: [
          ...count(say.unchangedCount, counts.unchanged, true),
          ...count(say.failedCount, counts.failed),
          ...count(say.overQuotaCount, counts.overQuota),
          ...count(say.goneCount, counts.gone),
          ...count(say.notMonitoredCount, counts.notMonitored),
        ],
      },
    ],
    buttons: [
      ...moreButton(alerts, context),
      ...(counts.notMonitored > 0 ? [{ action: 'gaps.show', label: words.parties.notMonitoredAll, data: { page: '0' } }] : []),
    ],
    fallback: `${title}: ${subtitle}`,
  })
}

/** The alerts of a night for who does not read all of it. */
export const alertsCard = (title: string, alerts: NightAlert[], context: CardContext, moves: MoveView[] = []): Card =>
  cardSchema.parse({ title, elements: [...alertLines(alerts, context), ...moveLines(moves, context)], buttons: moreButton(alerts, context), fallback: title })

function alertLines(alerts: NightAlert[], context: CardContext): CardElement[] {
  const { credit: say, alerts: list } = context.words
  const left = alerts.length - shown
  return [
    ...alerts.slice(0, shown).map(
      ({ id, party, company, criterion, before, value }): CardElement => ({
        type: 'pick',
        text: `${party === 'supplier' ? list.supplier(oneLine(company, 60)) : oneLine(company, 60)} · ${say.criterion[criterion]}`,
        note: `${sayValue(criterion, before, context)} → ${sayValue(criterion, value, context)}`,
        button: { action: 'alert.show', label: say.alsoSeen, style: 'default', data: { alert: String(id) } },
      }),
    ),
    ...(left > 0 ? [{ type: 'text' as const, text: say.more(left), tone: 'neutral' as const, weight: 'subtle' as const }] : []),
  ]
}

const moreButton = (alerts: NightAlert[], { words }: CardContext) =>
  alerts.length > shown ? [{ action: 'alert.list', label: words.alerts.all, data: { page: '0' } }] : []
