import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const usual = 90
const most = 730

/** `/duncan alerts [days]`: how often each alert rule would have told of something in the last days, so that thresholds can be set by what happens. */
export async function tryAlertsCommand({ credit, context }: CommandDeps, rest: string): Promise<ClickOutcome> {
  const { words, format } = context
  const say = words.alerts
  const days = /^[1-9]\d{0,2}$/.test(rest.trim()) ? Math.min(Number(rest), most) : usual
  if (!credit || !(await credit.rules()).on) return { kind: 'refused', message: words.credit.noFacts }
  const tried = await credit.tryAlertRules(days)
  const sum = tried.reduce((total, { alerts }) => total + alerts, 0)
  const title = say.tryTitle(days)
  const card = cardSchema.parse({
    title,
    subtitle: say.trySummary(sum),
    elements: [
      {
        type: 'table',
        columns: [{ title: say.rule }, { title: say.alerts, align: 'right' }, { title: say.resting, align: 'right' }, { title: say.lastOf }],
        rows: tried
          .toSorted((one, other) => other.alerts - one.alerts)
          .map(({ key, alerts, cooling, companies }) => [key, format.number(alerts), format.number(cooling), companies.map(name => oneLine(name, 40)).join(', ')]),
      },
      { type: 'text', text: say.tryNote, weight: 'subtle' },
    ],
    fallback: `${title}: ${say.trySummary(sum)}`,
  })
  return { kind: 'private', card }
}
