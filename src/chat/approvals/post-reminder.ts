import { findStaff } from '#people'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { isMailAction } from '../cards/mail-action.ts'
import { type CardContext, cardTitle } from '../cards/proposal-card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { type Post, putPost } from '../posts.ts'
import type { PostProposalDeps } from './post-proposal.ts'

export type PostReminderDeps = Omit<PostProposalDeps, 'context'> & { contextIn: (language: string) => CardContext }

/**
 * Tells one person, privately and in their language, that a proposal still waits, or that a reply of theirs was stopped and why; nothing
 * when neither is so any more.
 */
export async function postReminder(deps: PostReminderDeps, proposalId: number, staffId: number): Promise<Post | undefined> {
  const { client, clock, surface, proposals, contextIn } = deps
  const [view, person] = [await proposals.view(proposalId), await findStaff(client, staffId)]
  if (!view || !person?.active) return undefined
  const { words, format } = contextIn(person.language)
  const stopped = view.status === 'approved' ? view.actions.find(action => isMailAction(action) && action.status === 'failed') : undefined
  if (!stopped && view.status !== 'open' && view.status !== 'awaiting_second') return undefined
  const title = stopped ? words.payments.replyStopped : words.reminder.title
  const text = stopped ? oneLine(stopped.problem ?? '', 500) : words.reminder.since(format.dateTime(view.createdAt))
  const card = cardSchema.parse({
    title,
    status: { text: words.status[view.status], tone: 'warning' },
    elements: [
      { type: 'text', text: cardTitle(view, words), weight: 'strong' },
      { type: 'text', text },
    ],
    buttons: [{ action: 'proposal.show', label: words.button.openProposal, style: 'primary', data: { proposal: String(proposalId) } }],
    fallback: `${title}: ${cardTitle(view, words)}`,
  })
  const channel = (await channelsOf(client, person)).includes(view.channel) ? view.channel : ownChannel(person)
  const place = { surface, channel, subject: `reminder:${proposalId}`, privateTo: staffId }
  return putPost(client, clock, place, card)
}
