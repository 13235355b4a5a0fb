import { z } from 'zod'
import { type Db, fromInstant, Prisma, recordAudit } from '#platform'
import type { EntryWork } from '../entries/kinds/kind.ts'
import { newestMessage } from '../entries/newest-message.ts'

export type DispatchChannel = 'letter' | 'sms' | 'hand_over'

/** What an entry keeps of what it sends otherwise than by mail. `lastMessageId`: the newest mail that was there when a person decided it. */
export const dispatchedSchema = z.object({ dispatchId: z.int(), lastMessageId: z.int() })

type What = { entryId: number; channel: DispatchChannel; name: string }

/** Has it leave after the undo window, once; returns what its kind keeps of it. */
export async function scheduleDispatch({ tx, debtor, leaves }: EntryWork, { entryId, channel, name }: What): Promise<z.infer<typeof dispatchedSchema>> {
  const waiting = { name, state: 'scheduled', sendAfter: fromInstant(leaves.at), problem: Prisma.DbNull }
  // One that was taken back before it left may be decided anew.
  const { id } = await tx.dispatch.upsert({ where: { entryId }, create: { entryId, debtorId: debtor.id, channel, ...waiting }, update: waiting })
  await recordAudit(tx, { actor: 'duncan', event: 'dispatch.scheduled', subject: `dispatch:${id}`, detail: { entry: entryId, channel } })
  return { dispatchId: id, lastMessageId: await newestMessage(tx) }
}

/** Keeps it from leaving; false when it has left, or may have. */
export async function cancelDispatch(tx: Db, id: number): Promise<boolean> {
  const { count } = await tx.dispatch.updateMany({ where: { id, state: { in: ['scheduled', 'failed'] } }, data: { state: 'cancelled' } })
  if (count === 1) await recordAudit(tx, { actor: 'duncan', event: 'dispatch.cancelled', subject: `dispatch:${id}` })
  return count === 1
}

const verdicts = {
  sent: { from: ['unknown'], to: 'sent' },
  give_up: { from: ['unknown'], to: 'failed' },
  resend: { from: ['unknown', 'failed'], to: 'scheduled' },
} as const

/** Follows a person's word on one of which it is not known whether it left, or that failed; false when it does not stand so (any more). */
export async function resolveDispatch(tx: Db, id: number, verdict: keyof typeof verdicts, { now, staffId }: { now: Date; staffId: number }): Promise<boolean> {
  const { from, to } = verdicts[verdict]
  const data = { state: to, ...(verdict === 'sent' && { sentAt: now }), ...(verdict === 'resend' && { sendAfter: now, problem: Prisma.DbNull }) }
  const { count } = await tx.dispatch.updateMany({ where: { id, state: { in: [...from] } }, data })
  if (count === 1) await recordAudit(tx, { actor: `staff:${staffId}`, event: `dispatch.${verdict}`, subject: `dispatch:${id}` })
  return count === 1
}
