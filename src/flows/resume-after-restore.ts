import { resumeMail } from '#mail'
import { type Clock, type DbClient, opsRaised, type Queue, recordAudit } from '#platform'
import { resumeProposals } from '#proposals'

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
 * may have left since stays where it is. Running it twice does no harm.
 */
export async function resumeAfterRestore(deps: ResumeDeps, backupOf: string): Promise<Resumed> {
  const mail = await resumeMail(deps)
  const proposals = await resumeProposals(deps)
  const alerts = await deps.client.opsAlert.findMany({ where: { resolvedAt: null }, select: { id: true } })
  for (const { id } of alerts) await deps.queue.send(deps.client, opsRaised, { alertId: id })
  const resumed = { toRead: mail.toRead, toDo: proposals.toDo, doubtful: mail.doubtful + proposals.doubtful }
  await recordAudit(deps.client, { actor: 'cli', event: 'backup.restored', subject: 'duncan', detail: { backupOf, ...resumed } })
  return resumed
}
