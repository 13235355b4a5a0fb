import { z } from 'zod'
import type { Db, DbClient } from './db.ts'
import { jobKind, type Queue } from './queue.ts'

/** Sent when something about Duncan's own running needs a person, or no longer does; the chat posts or closes its card. */
export const opsRaised = jobKind('ops.raised', z.object({ alertId: z.int() }))

export type Ops = {
  /** Raises an alert; one that stands open under the same key is told anew when what is wrong has changed. */
  raise: (alert: { key: string; problem: string; remedy: string }) => Promise<void>
  /** Closes the open alert of a key, when there is one. */
  resolve: (key: string) => Promise<void>
}

/** Alerts about Duncan itself: a failing mailbox, a stale import, a dead job. Nothing of the kind disappears silently. */
export function createOps(client: DbClient, queue: Pick<Queue, 'send'>): Ops {
  return {
    raise: ({ key, problem, remedy }) =>
      client.$transaction(async tx => {
        await standStill(tx, key)
        const open = await tx.opsAlert.findFirst({ where: { key, resolvedAt: null } })
        if (open?.problem === problem && open.remedy === remedy) return
        const { id } = open
          ? await tx.opsAlert.update({ where: { id: open.id }, data: { problem, remedy } })
          : await tx.opsAlert.create({ data: { key, problem, remedy } })
        await queue.send(tx, opsRaised, { alertId: id })
      }),
    resolve: key =>
      client.$transaction(async tx => {
        await standStill(tx, key)
        const open = await tx.opsAlert.findFirst({ where: { key, resolvedAt: null } })
        if (!open) return
        await tx.opsAlert.update({ where: { id: open.id }, data: { resolvedAt: new Date() } })
        await queue.send(tx, opsRaised, { alertId: open.id })
      }),
  }
}

/** Until the transaction ends nobody else raises or resolves an alert of this key. */
async function standStill(tx: Db, key: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${key}))`
}
