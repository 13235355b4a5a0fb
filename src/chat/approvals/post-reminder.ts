import { findStaff } from '#people'
import type { DbClient } from '#platform'
import type { ProposalView } from '#proposals'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { isMailAction } from '../cards/mail-action.ts'
import { type CardContext, cardTitle } from '../cards/proposal-card.ts'
import { tellProblems } from '../cards/tell-problems.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { type Post, putPost } from '../posts.ts'
import type { PostProposalDeps } from './post-proposal.ts'
import { type RestDeps, restOf } from './rest-of.ts'

export type PostReminderDeps = Omit<PostProposalDeps, 'context'> & RestDeps & { contextIn: (language: string) => CardContext }

/**
 * Tells one person, privately and in their language, that a proposal still waits, or that a reply of theirs was stopped and why; nothing
 * when neither is so any more.
 */
export async function postReminder(deps: PostReminderDeps, proposalId: number, staffId: number): Promise<Post | undefined> {
  const { client, clock, surface, proposals, contextIn } = deps
  const [view, person] = [await proposals.view(proposalId), await findStaff(client, staffId)]
  if (!view || !person?.active) return undefined
  const { words, format } = contextIn(person.language)
  const stopped = stoppedReply(view)
  if (!stopped && !isToDecide(view)) return undefined
  const title = stopped ? words.payments.replyStopped : words.reminder.title
  const text = stopped ? oneLine(tellProblems(stopped.problems, words, format), 500) : words.reminder.since(format.dateTime(view.createdAt))
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
  const notBefore = isHardStop(view) ? undefined : await restOf(deps, person)
  return putPost(client, clock, { surface, channel, subject: reminderSubject(proposalId), privateTo: staffId, notBefore }, card)
}

/** An insolvency waits for nobody's morning: claims have days that end. */
export const isHardStop = ({ intents }: ProposalView): boolean => intents.some(({ intent }) => intent === 'insolvency_notice')

/** Whether somebody is awaited now. */
export const isToDecide = ({ status }: ProposalView): boolean => status === 'open' || status === 'awaiting_second'

const stoppedReply = ({ status, actions }: ProposalView) =>
  status === 'approved' ? actions.find(action => isMailAction(action) && action.status === 'failed') : undefined

/** What a reminder of a proposal is called among the posts. */
export const reminderSubject = (proposalId: number | ''): string => `reminder:${proposalId}`

/** Copies of posts that have not been on their way to anybody yet. */
export const unsent = { externalId: null, status: 'waiting' }

/** What was decided meanwhile nobody is reminded of any more, however long their quiet hours still last. */
export async function dropReminders(client: DbClient, view: ProposalView): Promise<void> {
  if (isToDecide(view) || stoppedReply(view)) return
  await client.chatCopy.deleteMany({ where: { ...unsent, post: { subject: reminderSubject(view.id), privateTo: { not: null } } } })
}
