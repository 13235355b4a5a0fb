import type { RuleTried } from '#credit'
import { type Card, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const usual = 90
const most = 730

/** `/duncan alerts [days]`: how often each alert rule would have told of something in the last days, so that thresholds can be set by what happens. */
export async function tryAlertsCommand({ credit, context }: CommandDeps, rest: string): Promise<ClickOutcome> {
  const days = /^[1-9]\d{0,2}$/.test(rest.trim()) ? Math.min(Number(rest), most) : usual
  if (!credit || !(await credit.rules()).on) return { kind: 'refused', message: context.words.alerts.off }
  return { kind: 'private', card: rulesTriedCard(await credit.tryAlertRules(days), days, context) }
}

/** Each rule with how often it would have told of something, the loudest first. */
export function rulesTriedCard(tried: readonly RuleTried[], days: number, { words }: CardContext): Card {
  const say = words.alerts
  const summary = say.trySummary(tried.reduce((total, { alerts }) => total + alerts, 0))
  const title = say.tryTitle(days)
  return cardSchema.parse({
    title,
    subtitle: summary,
    elements: [
      {
        type: 'facts',
        facts: tried
          .toSorted((one, other) => other.alerts - one.alerts)
          .map(({ key, alerts, cooling, companies }) => ({
            label: key,
            value: [say.told(alerts), ...(cooling > 0 ? [say.keptBack(cooling)] : []), companies.map(name => oneLine(name, 40)).join(', ')]
              .filter(Boolean)
              .join(' · '),
          })),
      },
      { type: 'text', text: say.tryNote, weight: 'subtle' },
    ],
    fallback: `${title}: ${summary}`,
  })
}
