import { type ListedAlert, openAlerts } from '#credit'
import { sightOf } from '#people'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import { pageButtons } from '../commands/pick-debtor.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { sayValue } from './say-value.ts'

const pageLength = 15

/** `/risk alerts`: a page of the alerts in sight that nobody has dealt with, urgent ones first. */
export async function alertsAnswer({ client, staff, context }: CommandDeps, asked: number): Promise<ClickOutcome> {
  const page = Math.max(0, asked)
  const { alerts, total } = await openAlerts(client, sightOf(staff), { limit: pageLength, offset: page * pageLength })
  return { kind: 'private', card: alertsListCard(alerts, { page, total }, context) }
}

/** A page of open alerts, each with what changed and the way to its card. */
export function alertsListCard(alerts: ListedAlert[], { page, total }: { page: number; total: number }, context: CardContext): Card {
  const { words } = context
  const say = words.alerts
  return cardSchema.parse({
    title: say.listTitle,
    ...(total > 0 && { subtitle: say.listSummary(total) }),
    elements: alerts.length > 0 ? alerts.map(alert => alertPick(alert, context)) : [{ type: 'text', text: say.listEmpty, weight: 'subtle' }],
    buttons: pageButtons('alert.list', {}, { page, last: Math.ceil(total / pageLength) - 1 }, words.button),
    fallback: [say.listTitle, ...alerts.map(({ company }) => oneLine(company, 80))].join('\n'),
  })
}

function alertPick({ id, company, party, administration, criterion, before, value, facts, raisedAt }: ListedAlert, context: CardContext): CardElement {
  const { words, format } = context
  const { alerts: say, credit } = words
  const name = oneLine(company, 60)
  const change = `${credit.criterion[criterion]}: ${sayValue(criterion, before, context)} → ${sayValue(criterion, value, context)}`
  const note = [facts > 1 ? `${change} ${say.others(facts - 1)}` : change, format.dateTime(raisedAt), administration].join(' · ')
  const button = { action: 'alert.show', label: say.open, style: 'default' as const, data: { alert: String(id) } }
  return { type: 'pick', text: party === 'supplier' ? say.supplier(name) : name, note, button }
}
