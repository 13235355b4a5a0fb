import { type Db, Prisma } from '#platform'
import type { TaskAbout } from './task-about.ts'

export type TaskInput = {
  debtorId?: number | undefined
  messageId?: number | undefined
  /** In somebody's own words; left out where `about` says it. */
  title?: string | undefined
  about?: TaskAbout | undefined
  detail?: string | undefined
  assigneeId?: number | undefined
  /** ISO day. */
  dueOn?: string | undefined
  actionId?: number | undefined
}

/** Puts work on a person's list and returns its id; a second call for one action returns the first one's. */
export async function createTask(tx: Db, { debtorId, messageId, title, about, detail, assigneeId, dueOn, actionId }: TaskInput): Promise<number> {
  const known = actionId === undefined ? null : await tx.task.findUnique({ where: { actionId }, select: { id: true } })
  if (known) return known.id
  const { id } = await tx.task.create({
    data: {
      debtorId: debtorId ?? null,
      messageId: messageId ?? null,
      title: title ?? null,
      about: about ?? Prisma.DbNull,
      detail: detail ?? null,
      assigneeId: assigneeId ?? null,
      dueOn: dueOn ? new Date(`${dueOn}T00:00:00Z`) : null,
      actionId: actionId ?? null,
    },
  })
  return id
}

/** Takes a task, or the one that an action made, off the list; one that is done stays. Says whether it did. */
export async function cancelTask(tx: Db, which: { id: number } | { actionId: number }): Promise<boolean> {
  const { count } = await tx.task.updateMany({ where: { ...which, status: 'open' }, data: { status: 'cancelled' } })
  return count > 0
}

/** Marks an open task as done; false when it is not open any more. Of several at once one does it. */
export async function finishTask(tx: Db, id: number): Promise<boolean> {
  const { count } = await tx.task.updateMany({ where: { id, status: 'open' }, data: { status: 'done' } })
  return count > 0
}

/** Ends an open task and puts the same on the list for another day (ISO); returns the new one's id, undefined when it is not open any more. */
export async function repeatTask(tx: Db, id: number, dueOn: string): Promise<number | undefined> {
  if (!(await finishTask(tx, id))) return undefined
  const { debtorId, messageId, title, about, detail, assigneeId } = await tx.task.findUniqueOrThrow({ where: { id } })
  const again = { debtorId, messageId, title, about: about ?? Prisma.DbNull, detail, assigneeId, dueOn: new Date(`${dueOn}T00:00:00Z`) }
  return (await tx.task.create({ data: again, select: { id: true } })).id
}
