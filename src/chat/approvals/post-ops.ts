import type { Clock, DbClient } from '#platform'
import { opsCard } from '../cards/ops-card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { type Post, putPost } from '../posts.ts'

/** The channel for alerts about Duncan itself. */
export const opsChannel = 'ops'

/** Posts the card of an alert about Duncan itself, or redraws it when it was solved. */
export async function postOps(deps: { client: DbClient; clock: Clock; surface: string; context: CardContext }, alertId: number): Promise<Post | undefined> {
  const alert = await deps.client.opsAlert.findUnique({ where: { id: alertId } })
  if (!alert) return undefined
  const place = { surface: deps.surface, channel: opsChannel, subject: `ops:${alertId}` }
  return putPost(deps.client, deps.clock, place, opsCard(alert, deps.context))
}
