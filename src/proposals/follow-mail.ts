import { type Db, fromInstant, type OutboundMailModel, Prisma, recordAudit } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { giveBack } from './dunning/called-back.ts'
import { closeAnsweredBy } from './follow-up.ts'
import { entryChanged, proposalChanged } from './jobs.ts'
import { readProblems } from './problem.ts'
import { transaction } from './propose.ts'

const follows: Record<string, string> = { sent: 'done', failed: 'failed', unknown: 'unknown' }

/** Brings an action up to what became of its mail: sent, failed, or unknown (it may have left, and is never sent again by itself). */
export const settleMail = (deps: ProposalsDeps, outboundMailId: number): Promise<void> =>
  deps.client.$transaction(tx => followMail(tx, deps, outboundMailId, 'duncan'), transaction)

/** The same in the caller's transaction. A mail that counted as failed and left after all makes its action done. */
export async function followMail(tx: Db, deps: ProposalsDeps, outboundMailId: number, actor: string): Promise<void> {
  const { queue, clock } = deps
  const mail = await tx.outboundMail.findUnique({ where: { id: outboundMailId } })
  const status = mail ? follows[mail.state] : undefined
  if (!mail || status === undefined) return
  if (mail.actionId === null) return mail.entryId === null ? undefined : followEntryMail(tx, deps, mail, mail.entryId)
  // `undone`: it failed, and was decided anew meanwhile.
  const before = ['scheduled', 'unknown', ...(status === 'done' ? ['failed', 'undone'] : [])].filter(each => each !== status)
  const { count } = await tx.proposedAction.updateMany({
    where: { id: mail.actionId, status: { in: before } },
    // Of a mail that was sent, too: it names recipients whom the server turned down.
    data: { status, problem: mail.problem ?? Prisma.DbNull, finishedAt: fromInstant(clock.now()) },
  })
  if (count === 0) return
  const { proposalId, kind } = await tx.proposedAction.findUniqueOrThrow({ where: { id: mail.actionId }, select: { proposalId: true, kind: true } })
  await recordAudit(tx, { actor, event: `action.${status}`, subject: `action:${mail.actionId}`, detail: { proposal: proposalId, kind } })
  await queue.send(tx, proposalChanged, { proposalId })
}

/** Has the card of its entry drawn anew, which reads from the mail what became of it; one that a colleague wrote answers what waited in its conversation. */
async function followEntryMail(
  tx: Db,
  deps: ProposalsDeps,
  { state, mailboxId, internetMessageId, problem }: OutboundMailModel,
  entryId: number,
): Promise<void> {
  await deps.queue.send(tx, entryChanged, { entryId })
  if (state === 'failed') await giveBack(tx, deps, entryId, readProblems(problem))
  const sent = state === 'sent' ? await tx.message.findFirst({ where: { mailboxId, internetMessageId, direction: 'out' }, orderBy: { id: 'asc' } }) : null
  if (sent) await closeAnsweredBy(tx, deps, sent)
}
