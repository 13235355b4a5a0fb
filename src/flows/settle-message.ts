import type { DbClient, Queue } from '#platform'
import { messageSettled } from './jobs.ts'

const settled = new Set(['approved', 'rejected', 'superseded', 'filed'])

/** Has the message of a proposal that is settled marked in its mailbox, once. */
export async function settleMessage(client: DbClient, queue: Pick<Queue, 'send'>, proposalId: number): Promise<void> {
  const proposal = await client.proposal.findUnique({ where: { id: proposalId }, select: { status: true, messageId: true } })
  if (!proposal || !settled.has(proposal.status)) return
  const message = await client.message.findUnique({ where: { id: proposal.messageId }, select: { status: true } })
  if (message && message.status !== 'handled') await queue.send(client, messageSettled, { messageId: proposal.messageId })
}
