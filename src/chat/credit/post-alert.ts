import { type AlertView, viewAlert } from '#credit'
import type { Workflows } from '#dunning'
import { fullSight, listStaff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import { type RestDeps, restOf } from '../approvals/rest-of.ts'
import { type Card, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { ownChannel } from '../channels.ts'
import { type Post, putPost } from '../posts.ts'
import { alertCard } from './alert-card.ts'
import { type NextDeps, readNext } from './alert-next.ts'

export type PostAlertDeps = RestDeps & {
  client: DbClient
  clock: Clock
  surface: string
  context: CardContext
  contextIn: (language: string) => CardContext
  workflows: () => Workflows
  credit?: NextDeps['credit']
}

/**
 * Draws the card of an alert and all that was raised beside it; the first of them names the post. Who sees their own accounts alone is in no
 * channel: they are told privately, of their own debtors only.
 */
export async function postAlert(deps: PostAlertDeps, alertId: number): Promise<Post | undefined> {
  const { client, clock, surface, context } = deps
  const alert = await viewAlert({ db: client, clock, sight: fullSight, timeZone: context.format.timeZone }, alertId)
  if (!alert) return undefined
  const subject = `alert:${alert.id}`
  const sight = { administrations: [alert.administration.code], mailboxes: [] }
  const post = await putPost(
    client,
    clock,
    { surface, channel: alert.channel, subject, sight },
    withGuarded(alertCard(alert, await readNext(deps, alert), context), alert, context),
  )
  for (const person of (await listStaff(client)).filter(({ ownAccounts }) => ownAccounts)) {
    const own = await viewAlert({ db: client, clock, sight: sightOf(person), timeZone: context.format.timeZone }, alertId)
    if (!own) continue
    const place = { surface, channel: ownChannel(person), subject, privateTo: person.id, sight: sightOf(person), notBefore: await restOf(deps, person) }
    await putPost(client, clock, place, alertCard(own, await readNext(deps, own), deps.contextIn(person.language)))
  }
  return post
}

/** Draws the card of an alert anew where one stands: what came with the night alone has none of its own. */
export async function redrawAlert(deps: PostAlertDeps, alertId: number): Promise<void> {
  const { client, surface } = deps
  if ((await client.chatPost.count({ where: { surface, subject: `alert:${alertId}` } })) > 0) await postAlert(deps, alertId)
}

/** Where it is not known who reads: that there is an alert about whom, and no figure. */
const withGuarded = (card: Card, { id }: AlertView, { words }: CardContext): Card =>
  cardSchema.parse({
    ...card,
    guarded: {
      title: card.title,
      status: card.status,
      elements: [{ type: 'text', text: words.alerts.guarded, weight: 'subtle' }],
      buttons: [{ action: 'alert.show', label: words.alerts.open, style: 'primary', data: { alert: String(id) } }],
      fallback: card.title,
    },
  })
