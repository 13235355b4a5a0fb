import { fullSight } from '#people'
import type { Clock, DbClient } from '#platform'
import { paymentsCard } from '../cards/payment-cards.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { type Post, putPost } from '../posts.ts'
import { paymentsToDecide } from './view-payments.ts'

/** The channel for bank payments that wait for a decision; everybody who may decide is in it and sees their own administrations there. */
export const paymentsChannel = 'payments'

const most = 8

/** Draws the one card of an administration's payments that wait for a decision. Nothing is posted before there is a first one. */
export async function postPayments(
  deps: { client: DbClient; clock: Clock; surface: string; context: CardContext },
  administrationId: number,
): Promise<Post | undefined> {
  const { client, clock, surface, context } = deps
  const administration = await client.administration.findUnique({ where: { id: administrationId }, select: { code: true, name: true } })
  if (!administration) return undefined
  const { payments, total } = await paymentsToDecide(client, fullSight, most, administrationId)
  const subject = `payments:${administrationId}`
  if (total === 0 && !(await client.chatPost.findFirst({ where: { surface, subject }, select: { id: true } }))) return undefined
  const sight = { administrations: [administration.code], mailboxes: [] }
  return putPost(client, clock, { surface, channel: paymentsChannel, subject, sight }, paymentsCard(administration.name, payments, total, context))
}
