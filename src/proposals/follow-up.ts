import { type Db, fromInstant, type MessageModel, recordAudit } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { proposalChanged } from './jobs.ts'
import type { Problem } from './problem.ts'
import { closeSuperseded, transaction, undecided } from './propose.ts'
import { waitsFrom } from './remind.ts'
import { takeBack } from './run-action.ts'
import { isMail, lockProposal, type StoredProposal } from './store.ts'

/** Brings snoozed proposals back whose time has come; returns how many. */
export async function wakeSnoozed({ client, queue, clock }: ProposalsDeps): Promise<number> {
  const now = fromInstant(clock.now())
  return client.$transaction(async tx => {
    const awake = await tx.proposal.updateManyAndReturn({
      where: { status: 'snoozed', snoozedUntil: { lte: now } },
      data: { status: 'open', snoozedUntil: null, ...waitsFrom(now) },
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
 * Closes the undecided proposals of a thread that a colleague has answered, and stops approved replies that have not left: the debtor has an
 * answer already. Returns how many were closed. A mail that Duncan wrote closes nothing, and an answer older than the mail it would answer
 * does not either.
 */
export const supersedeByOwnAnswer = (deps: ProposalsDeps, messageId: number): Promise<number> =>
  deps.client.$transaction(async tx => {
    const answer = await tx.message.findUnique({ where: { id: messageId } })
    return answer?.direction === 'out' ? closeAnsweredBy(tx, deps, answer) : 0
  }, transaction)

/** The same in the caller's transaction, for a mail that left. */
export async function closeAnsweredBy(tx: Db, deps: ProposalsDeps, answer: MessageModel): Promise<number> {
  if (answer.threadId === null || (await isWrittenByDuncan(tx, answer))) return 0
  const asked = await tx.proposal.findMany({
    where: { threadId: answer.threadId, OR: [{ status: { in: [...undecided] } }, { status: 'approved', actions: { some: { status: { in: waiting } } } }] },
    orderBy: { id: 'asc' },
    select: { id: true, messageId: true },
  })
  let closed = 0
  for (const { id, messageId: questionId } of asked) {
    const question = await tx.message.findUnique({ where: { id: questionId }, select: { receivedAt: true } })
    if (question && question.receivedAt > answer.receivedAt) continue
    const proposal = await lockProposal(tx, id)
    if (proposal?.status === 'approved') await stopReplies(tx, deps, proposal)
    if (!proposal || !undecided.some(status => status === proposal.status)) continue
    await closeSuperseded(tx, id, `mail:${answer.id}`, fromInstant(deps.clock.now()))
    await deps.queue.send(tx, proposalChanged, { proposalId: id })
    closed += 1
  }
  return closed
}

/** Whether it left through Duncan, unless a colleague wrote it there. */
async function isWrittenByDuncan(tx: Db, { internetMessageId }: MessageModel): Promise<boolean> {
  const mail = internetMessageId === null ? null : await tx.outboundMail.findUnique({ where: { internetMessageId }, select: { entryId: true } })
  if (!mail) return false
  const entry = mail.entryId === null ? null : await tx.debtorEntry.findUnique({ where: { id: mail.entryId }, select: { kind: true, why: true } })
  return entry?.kind !== 'mail' || entry.why !== null
}

/** Closes the proposal of a mail that was answered before it was read here: the Sent folder can be faster than the reading of the mail. */
export async function closeAnswered(deps: ProposalsDeps, messageId: number): Promise<void> {
  const question = await deps.client.message.findUniqueOrThrow({ where: { id: messageId }, select: { threadId: true, receivedAt: true } })
  if (question.threadId === null) return
  const since = { threadId: question.threadId, direction: 'out', receivedAt: { gte: question.receivedAt } }
  const answers = await deps.client.message.findMany({ where: since, orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }], select: { id: true } })
  for (const { id } of answers) await supersedeByOwnAnswer(deps, id)
}

const waiting = ['pending', 'scheduled']
const answered: Problem = { code: 'answered_by_colleague' }

async function stopReplies(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<void> {
  for (const action of proposal.actions.filter(isMail)) {
    if (!waiting.includes(action.status) || !(await takeBack(tx, deps, proposal, action, 'duncan'))) continue
    await tx.proposedAction.update({ where: { id: action.id }, data: { problem: [answered] } })
    await deps.queue.send(tx, proposalChanged, { proposalId: proposal.id })
  }
}
