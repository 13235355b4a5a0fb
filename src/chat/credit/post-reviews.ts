import { creditChannel, reviewsWaiting, viewReview } from '#credit'
import { fullSight } from '#people'
import type { Clock, DbClient } from '#platform'
import type { CardContext } from '../cards/proposal-card.ts'
import type { CreditPort } from '../commands/registry.ts'
import { type Post, putPost } from '../posts.ts'
import { reviewCard } from './review-card.ts'

type ReviewDrawDeps = { client: DbClient; clock: Clock; surface: string; context: CardContext }
export type ReviewPostDeps = ReviewDrawDeps & { credit?: CreditPort | undefined }

const subjectOf = (debtorId: number): string => `credit-gap:${debtorId}`

/** So many stand as cards of their own in an administration; the rest is in the list of who is not monitored, until one of them is settled. */
const mostStanding = 5

/** Draws the card of a debtor's company anew where it stands. */
export async function redrawReview(deps: ReviewDrawDeps, debtorId: number): Promise<Post | undefined> {
  const { client, surface } = deps
  const standing = await client.chatPost.findFirst({ where: { surface, subject: subjectOf(debtorId), privateTo: null }, select: { id: true } })
  return standing ? putReview(deps, debtorId) : undefined
}

/** Posts the cards of debtors whose company a person has to look at, up to a few per administration, and redraws those that are settled by now. */
export async function postReviews(deps: ReviewPostDeps): Promise<void> {
  const { client, clock, surface, context, credit } = deps
  const rules = await credit?.rules()
  if (!rules?.on) return
  const open = await client.$queryRaw<{ subject: string }[]>`
    SELECT subject FROM "ChatPost" WHERE surface = ${surface} AND subject LIKE 'credit-gap:%' AND "privateTo" IS NULL AND card -> 'buttons' @> '[{"action":"review.search"}]'`
  const standing = new Set(open.map(({ subject }) => Number(subject.split(':')[1])))
  const today = clock.today(context.format.timeZone)
  for (const { id } of await client.administration.findMany({ select: { id: true }, orderBy: { id: 'asc' } })) {
    const waiting = await reviewsWaiting({ db: client, rules, today }, id)
    const old = waiting.filter(debtorId => standing.has(debtorId))
    const added = waiting.filter(debtorId => !standing.has(debtorId)).slice(0, Math.max(0, mostStanding - old.length))
    for (const debtorId of [...old, ...added]) {
      await putReview(deps, debtorId)
      standing.delete(debtorId)
    }
  }
  // What waits no more was settled by the night, by an import or by a change of the scope.
  for (const debtorId of standing) await putReview(deps, debtorId)
}

async function putReview({ client, clock, surface, context }: ReviewDrawDeps, debtorId: number): Promise<Post | undefined> {
  const view = await viewReview(client, { sight: fullSight, today: clock.today(context.format.timeZone) }, debtorId)
  if (!view) return undefined
  const sight = { administrations: [view.administration.code], mailboxes: [] }
  return putPost(client, clock, { surface, channel: creditChannel, subject: subjectOf(debtorId), sight }, reviewCard(view, context))
}
