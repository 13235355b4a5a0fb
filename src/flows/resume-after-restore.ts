import { resumeMail } from '#mail'
import { signEverybodyOut } from '#people'
import { type Clock, createOps, type DbClient, opsRaised, type Queue, recordAudit } from '#platform'
import { resumeProposals } from '#proposals'
import { bulkRun, remindersRun } from './jobs.ts'
import { watchHeldMail } from './watch-held-mail.ts'

type ResumeDeps = { client: DbClient; queue: Pick<Queue, 'send' | 'sendMany'>; clock: Clock }

export type Resumed = {
  /** Mails that are read now. */
  toRead: number
  /** Approved actions that are carried out now. */
  toDo: number
  /** Mails of which nobody can say whether they left after the backup: a person is asked, and none is sent by itself. */
  doubtful: number
}

/**
 * Takes the work up again that a backup found unfinished, once its rows are restored; the job queue is not part of a backup. Whatever
 * may have left since stays where it is, and nothing leaves before the mailboxes have told what did. Whoever was signed in signs in anew.
 * Running it twice does no harm.
 */
export async function resumeAfterRestore(deps: ResumeDeps, backupOf: string): Promise<Resumed> {
  const { client, queue } = deps
  const mail = await resumeMail(deps)
  const proposals = await resumeProposals(deps)
  await signEverybodyOut(client) // who was signed out since the backup must not be signed in again
  await watchHeldMail({ client, queue, ops: createOps(client, queue) })
  const alerts = await client.opsAlert.findMany({ where: { resolvedAt: null }, select: { id: true } })
  for (const { id } of alerts) await queue.send(client, opsRaised, { alertId: id })
  // Which of them were approved after the backup is not known any more: what was not come to is given back.
  const runs = await client.chatBulkRun.findMany({ where: { status: 'running' }, select: { id: true } })
  for (const { id } of runs) await queue.send(client, bulkRun, { runId: id, giveUp: true })
  const reminders = await client.reminderRun.findMany({ where: { status: 'running' }, select: { id: true } })
  for (const { id } of reminders) await queue.send(client, remindersRun, { runId: id, giveUp: true })
  const resumed = { toRead: mail.toRead, toDo: proposals.toDo, doubtful: mail.doubtful + proposals.doubtful }
  await recordAudit(client, { actor: 'cli', event: 'backup.restored', subject: 'duncan', detail: { backupOf, ...resumed } })
  return resumed
}
