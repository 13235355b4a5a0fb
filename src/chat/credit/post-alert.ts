import { viewAlert } from '#credit'
import { fullSight } from '#people'
import type { Clock, DbClient } from '#platform'
import type { CardContext } from '../cards/proposal-card.ts'
import { type Post, putPost } from '../posts.ts'
import { alertCard } from './alert-card.ts'

type PostAlertDeps = { client: DbClient; clock: Clock; surface: string; context: CardContext }

/** Draws the card of an alert and all that was raised beside it; the first of them names the post. */
export async function postAlert({ client, clock, surface, context }: PostAlertDeps, alertId: number): Promise<Post | undefined> {
  const alert = await viewAlert({ db: client, clock, sight: fullSight, timeZone: context.format.timeZone }, alertId)
  if (!alert) return undefined
  const sight = { administrations: [alert.administration.code], mailboxes: [] }
  return putPost(client, clock, { surface, channel: alert.channel, subject: `alert:${alert.id}`, sight }, alertCard(alert, context))
}
