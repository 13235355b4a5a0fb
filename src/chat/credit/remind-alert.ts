import { type AlertView, viewAlert } from '#credit'
import { listStaff, may, type Staff, sightOf } from '#people'
import { restOf } from '../approvals/rest-of.ts'
import { type Card, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { ownChannel } from '../channels.ts'
import { putPost } from '../posts.ts'
import { alertTitle } from './alert-card.ts'
import type { PostAlertDeps } from './post-alert.ts'

/** Tells the managers who may decide on an alert, each alone and in their language, that nobody did; where there is none who sees it, the administrators. */
export async function remindOfAlert(deps: PostAlertDeps, alertId: number): Promise<void> {
  const { client, clock, surface, context } = deps
  const seeing: { person: Staff; alert: AlertView }[] = []
  for (const person of (await listStaff(client)).filter(each => may(each, 'decide_risk'))) {
    const alert = await viewAlert({ db: client, clock, sight: sightOf(person), timeZone: context.format.timeZone }, alertId)
    if (alert?.status === 'open') seeing.push({ person, alert })
  }
  const managers = seeing.filter(({ person }) => person.role === 'manager')
  for (const { person, alert } of managers.length > 0 ? managers : seeing) {
    const place = { surface, channel: ownChannel(person), subject: `alert-reminder:${alert.id}`, privateTo: person.id, sight: sightOf(person) }
    await putPost(client, clock, { ...place, notBefore: await restOf(deps, person) }, reminderCard(alert, deps.contextIn(person.language)))
  }
}

/** That an alert still waits, with the way to it. */
export function reminderCard(alert: AlertView, context: CardContext): Card {
  const { alerts: say, credit } = context.words
  const about = alertTitle(alert, context)
  return cardSchema.parse({
    title: say.reminderTitle,
    status: { text: credit.open, tone: 'warning' },
    elements: [
      { type: 'text', text: about, weight: 'strong' },
      { type: 'text', text: say.since(context.format.dateTime(alert.raisedAt)) },
    ],
    buttons: [{ action: 'alert.show', label: say.open, style: 'primary', data: { alert: String(alert.id) } }],
    fallback: `${say.reminderTitle}: ${about}`,
  })
}
