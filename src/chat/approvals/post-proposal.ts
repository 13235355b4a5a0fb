import type { Clock, DbClient } from '#platform'
import type { ProposalView } from '#proposals'
import { type CardContext, proposalCard } from '../cards/proposal-card.ts'
import { type HistoryMail, historyCard, mailCard } from '../cards/thread-cards.ts'
import { type Post, putPost } from '../posts.ts'
import type { ProposalsPort } from './port.ts'

export type PostProposalDeps = {
  client: DbClient
  clock: Clock
  surface: string
  proposals: Pick<ProposalsPort, 'view'>
  context: CardContext
  /** The channel of a mailbox. */
  channelOf: (mailboxKey: string) => string
}

const historyMails = 5

/** Posts a proposal's card, or redraws it as it stands now, with the mail and the conversation in its thread. May be called any number of times. */
export async function postProposal(deps: PostProposalDeps, proposalId: number): Promise<Post | undefined> {
  const { client, clock, surface, context } = deps
  const view = await deps.proposals.view(proposalId)
  if (!view) return undefined
  const channel = deps.channelOf(view.message.mailboxKey)
  const subject = `proposal:${proposalId}`
  const post = await putPost(client, clock, { surface, channel, subject }, proposalCard(view, context))
  const reply = { surface, channel, parentId: post.id }
  await putPost(client, clock, { ...reply, subject: `${subject}:mail` }, mailCard(view, context))
  await putPost(client, clock, { ...reply, subject: `${subject}:history` }, historyCard(await earlierMails(client, view), context))
  return post
}

async function earlierMails(client: DbClient, { message }: ProposalView): Promise<HistoryMail[]> {
  if (message.threadId === null) return []
  const mails = await client.message.findMany({
    where: { threadId: message.threadId, id: { not: message.id }, receivedAt: { lte: message.receivedAt } },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: historyMails,
    select: { direction: true, fromAddress: true, fromName: true, receivedAt: true, subject: true, replyText: true },
  })
  return mails.map(({ direction, fromAddress, fromName, receivedAt, subject, replyText }) => ({
    direction,
    from: fromName ?? fromAddress ?? '?',
    at: receivedAt,
    subject,
    text: replyText,
  }))
}
