import { type NightView, viewNight } from '#credit'
import type { Clock, DbClient } from '#platform'
import { type Card, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { putPost } from '../posts.ts'
import { sayValue } from './say-value.ts'

/** The channel of what credit bureaus say; alerts may have one of their own. */
export const creditChannel = 'credit'

const shown = 10

type PostNightDeps = { client: DbClient; clock: Clock; surface: string; context: CardContext }

/** Draws the card of a night for each administration: what came of its debtors, and the alerts that were not urgent. */
export async function postNight({ client, clock, surface, context }: PostNightDeps, runId: number): Promise<void> {
  for (const night of await viewNight(client, runId)) {
    const sight = { administrations: [night.administration.code], mailboxes: [] }
    await putPost(
      client,
      clock,
      { surface, channel: creditChannel, subject: `credit-night:${runId}:${night.administration.id}`, sight },
      nightCard(night, context),
    )
  }
}

/** What a night at the bureau brought for one administration. */
function nightCard({ administration, counts, lateAt, alerts }: NightView, context: CardContext): Card {
  const { words, format } = context
  const say = words.credit
  const left = alerts.length - shown
  const count = (label: string, value: number, always = false) => (always || value > 0 ? [{ label, value: format.number(value) }] : [])
  const title = say.nightTitle(administration.name)
  const subtitle = say.nightSummary(counts.changed, counts.inScope)
  return cardSchema.parse({
    title,
    subtitle,
    elements: [
      ...(lateAt ? [{ type: 'text', text: say.nightLate(format.dateTime(lateAt)), weight: 'subtle' }] : []),
      ...(alerts.length === 0 ? [{ type: 'text', text: say.nothingNew, weight: 'subtle' }] : []),
      ...alerts.slice(0, shown).map(({ id, company, criterion, before, value }) => ({
        type: 'pick',
        text: `${oneLine(company, 60)} · ${say.criterion[criterion]}`,
        note: `${sayValue(criterion, before, context)} → ${sayValue(criterion, value, context)}`,
        button: { action: 'alert.show', label: say.alsoSeen, data: { alert: String(id) } },
      })),
      ...(left > 0 ? [{ type: 'text', text: say.more(left), weight: 'subtle' }] : []),
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
    fallback: `${title}: ${subtitle}`,
  })
}
