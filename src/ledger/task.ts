import type { Db } from '#platform'

export type TaskInput = {
  debtorId?: number | undefined
  messageId?: number | undefined
  title: string
  detail?: string | undefined
  assigneeId?: number | undefined
  /** ISO day. */
  dueOn?: string | undefined
  actionId?: number | undefined
}

/** Puts work on a person's list and returns its id; a second call for one action returns the first one's. */
export async function createTask(tx: Db, { debtorId, messageId, title, detail, assigneeId, dueOn, actionId }: TaskInput): Promise<number> {
  const known = actionId === undefined ? null : await tx.task.findUnique({ where: { actionId }, select: { id: true } })
  if (known) return known.id
  const { id } = await tx.task.create({
    data: {
      debtorId: debtorId ?? null,
      messageId: messageId ?? null,
      title,
      detail: detail ?? null,
      assigneeId: assigneeId ?? null,
      dueOn: dueOn ? new Date(`${dueOn}T00:00:00Z`) : null,
      actionId: actionId ?? null,
    },
  })
  return id
}

/** Takes the task that an action made off the list; one that is done stays. Says whether it did. */
export async function cancelTask(tx: Db, actionId: number): Promise<boolean> {
  const { count } = await tx.task.updateMany({ where: { actionId, status: 'open' }, data: { status: 'cancelled' } })
  return count > 0
}
