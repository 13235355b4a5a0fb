import { endAllStepGrants } from '#dunning'
import { type Clock, type DbClient, fromInstant, type Queue, recordAudit } from '#platform'
import { endAllGrants } from './autonomy/grant.ts'
import { actionExecute, proposalChanged, stepEnded } from './jobs.ts'
import type { Problem } from './problem.ts'

type Resumed = { toDo: number; doubtful: number }

const mailKinds = ['send_reply', 'send_invoice_copies']

/**
 * Takes up the proposals of a database that was restored from a backup. An approved reply that had not reached the outbox may have
 * been sent since, under a Message-ID that nobody knows any more: it fails, and a person looks. All else that was approved is done,
 * and every card that still matters is drawn again. What Duncan was granted is to be granted again.
 */
export async function resumeProposals({ client, queue, clock }: { client: DbClient; queue: Pick<Queue, 'send'>; clock: Clock }): Promise<Resumed> {
  const approved = await client.proposedAction.findMany({
    where: { status: { in: ['pending', 'claimed'] }, proposal: { status: 'approved' } },
    select: { id: true, kind: true, proposalId: true },
  })
  const [mails, others] = [approved.filter(({ kind }) => mailKinds.includes(kind)), approved.filter(({ kind }) => !mailKinds.includes(kind))]
  const problem: Problem[] = [{ code: 'restored_reply' }]
  for (const { id, kind, proposalId } of mails)
    await client.$transaction(async tx => {
      const failed = { status: 'failed', problem, finishedAt: fromInstant(clock.now()) }
      const { count } = await tx.proposedAction.updateMany({ where: { id, status: { in: ['pending', 'claimed'] } }, data: failed })
      if (count === 1) await recordAudit(tx, { actor: 'duncan', event: 'action.failed', subject: `action:${id}`, detail: { proposal: proposalId, kind } })
    })
  const lost: Problem[] = [{ code: 'restored' }]
  const dispatched = await client.dispatch.updateMany({ where: { state: { in: ['scheduled', 'sending'] } }, data: { state: 'unknown', problem: lost } })
  await client.$transaction(tx => endAllGrants(tx, { queue, clock }))
  const steps = await client.$transaction(tx => endAllStepGrants(tx, fromInstant(clock.now())))
  for (const grantId of steps) await queue.send(client, stepEnded, { grantId })
  for (const { id } of others) await queue.send(client, actionExecute, { actionId: id })

  const open = await client.proposal.findMany({
    where: { status: { in: ['open', 'awaiting_second', 'snoozed'] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (const proposalId of new Set([...open.map(({ id }) => id), ...mails.map(mail => mail.proposalId)]))
    await queue.send(client, proposalChanged, { proposalId })
  return { toDo: others.length, doubtful: mails.length + dispatched.count }
}
