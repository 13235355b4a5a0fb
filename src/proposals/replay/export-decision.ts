import type { Db } from '#platform'
import { encode } from './encode.ts'
import { type Replayed, replayDecision } from './replay-decision.ts'
import { openSnapshot } from './snapshot.ts'

/**
 * Everything on one decision for who audits it, as JSON: what the mail was and how it was read, what was planned from what, who decided, what
 * was done, its part of the hash chain, and what a replay comes to. Holds personal data: names, addresses and the texts of replies.
 */
export async function exportDecision(db: Db, proposalId: number): Promise<{ file: object; replayed: Replayed }> {
  const replayed = await replayDecision(db, proposalId)
  const proposal = await db.proposal.findUniqueOrThrow({
    where: { id: proposalId },
    include: { actions: { orderBy: { position: 'asc' } }, decisions: { orderBy: { id: 'asc' } } },
  })
  const select = { id: true, rawHash: true, internetMessageId: true, fromAddress: true, to: true, cc: true, subject: true, receivedAt: true, replyText: true }
  const mail = await db.message.findUnique({ where: { id: proposal.messageId }, select })
  const subjects = [`proposal:${proposalId}`, ...proposal.actions.map(({ id }) => `action:${id}`)]
  const audit = await db.auditEntry.findMany({ where: { subject: { in: subjects } }, orderBy: { id: 'asc' }, include: { content: true } })
  const kept = replayed.snapshot === null ? undefined : await openSnapshot(db, proposalId)
  const plannedFrom = kept && { situation: kept.prepared.situation, lock: kept.prepared.lock, corrections: kept.prepared.corrections, carried: kept.carried }
  const file = { proposal, mail, plannedFrom, planned: kept?.planned ?? null, answers: kept?.prepared.answers ?? null, audit, replay: replayed }
  return { file: encode(file) as object, replayed }
}
