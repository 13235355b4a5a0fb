import { findStaff, sightOf } from '#people'
import { viewDispute } from '#proposals'
import { nextStepOf } from '#search'
import type { PostReminderDeps } from '../approvals/post-reminder.ts'
import { restOf } from '../approvals/rest-of.ts'
import { ownChannel } from '../channels.ts'
import { type Post, putPost } from '../posts.ts'
import { disputeCard } from './dispute-card.ts'

/** Tells one person, privately and in their language, that a debtor was not answered on its dispute in time; nothing when it ended meanwhile. */
export async function postLateDispute(deps: PostReminderDeps, disputeId: number, staffId: number): Promise<Post | undefined> {
  const { client, clock, surface, contextIn } = deps
  const person = await findStaff(client, staffId)
  if (!person?.active) return undefined
  const view = await viewDispute(client, sightOf(person), clock.today, disputeId)
  if (!view?.isLate) return undefined
  const context = contextIn(person.language)
  const next = await nextStepOf(client, { sight: sightOf(person), clock }, view.debtor.id)
  const card = disputeCard(view, next, context, context.words.disputes.lateTitle)
  const place = { surface, channel: ownChannel(person), subject: `dispute:${disputeId}`, privateTo: staffId, notBefore: await restOf(deps, person) }
  return putPost(client, clock, place, card)
}
