import { fullSight } from '#people'
import type { Clock, DbClient } from '#platform'
import type { ProposalView } from '#proposals'
import { drawBulk } from '../bulk/draw-bulk.ts'
import type { BulkPort } from '../bulk/port.ts'
import { isFolded, sortIn } from '../bulk/sort-in.ts'
import type { Card } from '../card.ts'
import { foldedCard } from '../cards/bulk-card.ts'
import { type CardContext, proposalCard } from '../cards/proposal-card.ts'
import { historyCard, mailCard } from '../cards/thread-cards.ts'
import { type Post, putPost } from '../posts.ts'
import { earlierMails } from './earlier-mails.ts'
import type { ProposalsPort } from './port.ts'
import { dropReminders, isHardStop } from './post-reminder.ts'

export type PostProposalDeps = {
  client: DbClient
  clock: Clock
  surface: string
  proposals: Pick<ProposalsPort, 'view'>
  context: CardContext
  /** Without it every proposal has a card of its own. */
  bulks?: BulkPort | undefined
}

/** Posts a proposal's card, or redraws it as it stands now, with the mail and the conversation in its thread. May be called any number of times. */
export async function postProposal(deps: PostProposalDeps, proposalId: number): Promise<Post | undefined> {
  const { client, clock, surface, context } = deps
  const view = await deps.proposals.view(proposalId)
  // What was filed without asking has no card.
  if (!view || view.status === 'filed') return undefined
  const { channel } = view
  const subject = `proposal:${proposalId}`
  const bulks = deps.bulks ? await sortIn({ ...deps, bulks: deps.bulks }, view) : []
  const card = await cardNow(deps, view)
  const post = await putPost(client, clock, { surface, channel, subject, urgent: isHardStop(view) }, card)
  const reply = { surface, channel, parentId: post.id }
  await putPost(client, clock, { ...reply, subject: `${subject}:mail` }, mailCard(view, context))
  await putPost(client, clock, { ...reply, subject: `${subject}:history` }, historyCard(await earlierMails(client, fullSight, view.message), context))
  await dropReminders(client, view)
  for (const bulk of bulks) await drawBulk(deps, bulk)
  return redrawWhatChanged(deps, proposalId, post, card)
}

/** Its own card, or the line that takes its place while it waits on one with others. */
const cardNow = async ({ client, context, bulks }: PostProposalDeps, view: ProposalView): Promise<Card> =>
  bulks && (await isFolded(client, view.id)) ? foldedCard(view, context) : proposalCard(view, context)

/** A change after this card was read may have been drawn before this card was: whoever draws last makes sure that it is the newest. */
async function redrawWhatChanged(deps: PostProposalDeps, proposalId: number, post: Post, drawn: Card): Promise<Post> {
  const { client, clock, surface } = deps
  const view = await deps.proposals.view(proposalId)
  const card = view && (await cardNow(deps, view))
  if (!card || JSON.stringify(card) === JSON.stringify(drawn)) return post
  const redrawn = await putPost(client, clock, { surface, channel: post.channel, subject: post.subject }, card)
  return redrawWhatChanged(deps, proposalId, redrawn, card)
}
