import { fromInstant, recordAudit } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { proposalChanged } from './jobs.ts'
import { closeSuperseded, transaction, undecided } from './propose.ts'
import { lockProposal } from './store.ts'

/** Brings snoozed proposals back whose time has come; returns how many. */
export async function wakeSnoozed({ client, queue, clock }: ProposalsDeps): Promise<number> {
  const now = fromInstant(clock.now())
  return client.$transaction(async tx => {
    const awake = await tx.proposal.updateManyAndReturn({
      where: { status: 'snoozed', snoozedUntil: { lte: now } },
      data: { status: 'open', snoozedUntil: null },
      select: { id: true },
    })
    for (const { id } of awake) {
      await recordAudit(tx, { actor: 'duncan', event: 'proposal.woken', subject: `proposal:${id}` })
      await queue.send(tx, proposalChanged, { proposalId: id })
    }
    return awake.length
  }, transaction)
}

/**
 * Closes the undecided proposals of a thread that a colleague has answered from their own mail program; returns how many. A mail
 * that Duncan itself sent closes nothing, and an answer older than the mail it would answer does not either.
 */
export async function supersedeByOwnAnswer(deps: ProposalsDeps, messageId: number): Promise<number> {
  return deps.client.$transaction(async tx => {
    const answer = await tx.message.findUnique({
      where: { id: messageId },
      select: { direction: true, threadId: true, internetMessageId: true, receivedAt: true },
    })
    if (answer?.direction !== 'out' || answer.threadId === null) return 0
    const isOurs =
      answer.internetMessageId !== null && (await tx.outboundMail.findUnique({ where: { internetMessageId: answer.internetMessageId }, select: { id: true } }))
    if (isOurs) return 0
    const waiting = await tx.proposal.findMany({
      where: { threadId: answer.threadId, status: { in: [...undecided] } },
      orderBy: { id: 'asc' },
      select: { id: true, messageId: true },
    })
    let closed = 0
    for (const { id, messageId: asked } of waiting) {
      const question = await tx.message.findUnique({ where: { id: asked }, select: { receivedAt: true } })
      if (question && question.receivedAt > answer.receivedAt) continue
      const proposal = await lockProposal(tx, id)
      if (!proposal || !undecided.some(status => status === proposal.status)) continue
      await closeSuperseded(tx, id, `mail:${messageId}`, fromInstant(deps.clock.now()))
      await deps.queue.send(tx, proposalChanged, { proposalId: id })
      closed += 1
    }
    return closed
  }, transaction)
}
