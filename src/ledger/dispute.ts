import { z } from 'zod'
import { type Db, type DisputeModel, Prisma } from '#platform'

export type DisputeInput = {
  debtorId: number
  /** Empty: the debtor did not say which. */
  invoiceIds: number[]
  /** What is contested of the only invoice, a decimal string in its currency; all of it when left out. */
  amount?: string | undefined
  /** Its type: a reason that mails are read by, or a type of the settings. */
  reason: string
  /** The debtor's literal words, or a colleague's. */
  text: string
  /** Who sees to it: there is no dispute without. */
  ownerId: number
  /** ISO day by which the debtor is to have an answer. */
  answerDue: string
  /** Who opened it; null: Duncan. */
  staffId: number | null
  at: Date
  messageId?: number | undefined
  /** Of a proposal; without one every call opens a dispute. */
  actionId?: number | undefined
}

/** Opens a dispute on exactly these invoices and returns its id; a second call for one action returns the first one's. */
export async function openDispute(tx: Db, input: DisputeInput): Promise<number> {
  const known = input.actionId === undefined ? null : await tx.dispute.findUnique({ where: { actionId: input.actionId }, select: { id: true } })
  if (known) return known.id
  const { debtorId, reason, text, ownerId, answerDue, messageId, actionId, staffId, at } = input
  const invoiceIds = [...new Set(input.invoiceIds)]
  const amount = invoiceIds.length === 1 && input.amount !== undefined ? new Prisma.Decimal(input.amount) : null
  const { id } = await tx.dispute.create({
    data: {
      debtorId,
      reason,
      text,
      ownerId,
      answerDue: dayOf(answerDue),
      messageId: messageId ?? null,
      actionId: actionId ?? null,
      createdAt: at,
      invoices: { createMany: { data: invoiceIds.map(invoiceId => ({ invoiceId, amount })) } },
      events: { create: { kind: 'opened', staffId, at } },
    },
  })
  return id
}

/** Takes back a dispute, or the one that an action opened, as if it had not been; one that was resolved meanwhile stays. Says whether it did. */
export async function withdrawDispute(tx: Db, which: { id: number } | { actionId: number }): Promise<boolean> {
  const { count } = await tx.dispute.deleteMany({ where: { ...which, status: 'open' } })
  return count > 0
}

export const disputeMoves = ['resolved', 'rejected', 'credit_expected', 'reopened'] as const
export type DisputeMove = (typeof disputeMoves)[number]

export const disputeOutcomes = ['accepted', 'partly', 'rejected'] as const
/** How a dispute ended for its debtor. */
export type DisputeOutcome = (typeof disputeOutcomes)[number]

/** `staysDue`: what stays due of its invoices, a decimal string in their currency, and `payBy` until when (ISO day). */
export type DisputeEnd = { outcome: DisputeOutcome; staysDue?: string | undefined; payBy?: string | undefined }

type Standing = Pick<DisputeModel, 'status' | 'creditExpectedAt'>

/** Whether a dispute that stands so can be moved so: only an open one ends, only one that ended is opened again. */
export const mayMove = ({ status, creditExpectedAt }: Standing, move: DisputeMove): boolean =>
  move === 'reopened' ? status !== 'open' : status === 'open' && (move !== 'credit_expected' || creditExpectedAt === null)

/** `reason`: a colleague's words. `answerDue`: ISO day, of one that is opened again. `end`: of one that ends. */
type Moving = { id: number; move: DisputeMove; staffId: number | null; reason: string; at: Date; answerDue: string; end?: DisputeEnd | undefined }

const beforeSchema = z.object({
  status: z.string(),
  creditExpectedAt: z.iso.datetime().nullable(),
  escalatedAt: z.iso.datetime().nullable(),
  resolvedAt: z.iso.datetime().nullable(),
  answerDue: z.iso.date(),
  outcome: z.string().nullable().default(null),
  staysDue: z.string().nullable().default(null),
  payBy: z.iso.date().nullable().default(null),
})
/** A move that was made, with what stood before, so that it can be taken back. */
export const madeMoveSchema = z.object({ disputeId: z.int(), eventId: z.int(), before: beforeSchema })
export type MadeMove = z.infer<typeof madeMoveSchema>

/** Moves a dispute and writes down who did and why; undefined when it stands otherwise by now. */
export async function moveDispute(tx: Db, { id, move, staffId, reason, at, answerDue, end }: Moving): Promise<MadeMove | undefined> {
  await tx.$queryRaw`SELECT id FROM "Dispute" WHERE id = ${id} FOR UPDATE`
  const dispute = await tx.dispute.findUnique({ where: { id } })
  if (!dispute || !mayMove(dispute, move)) return undefined
  const data = {
    resolved: { status: 'resolved', resolvedAt: at, ...endOf(end) },
    rejected: { status: 'rejected', resolvedAt: at, ...endOf(end) },
    credit_expected: { creditExpectedAt: at },
    reopened: { status: 'open', resolvedAt: null, creditExpectedAt: null, escalatedAt: null, answerDue: dayOf(answerDue), ...endOf(undefined) },
  }[move]
  await tx.dispute.update({ where: { id }, data })
  const { id: eventId } = await tx.disputeEvent.create({ data: { disputeId: id, kind: move, staffId, reason, at } })
  return { disputeId: id, eventId, before: beforeOf(dispute) }
}

/** Puts a dispute back to where it stood before a move; false when something happened to it since. */
export async function takeMoveBack(tx: Db, { disputeId, eventId, before }: MadeMove, by: { staffId: number | null; at: Date }): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM "Dispute" WHERE id = ${disputeId} FOR UPDATE`
  const newest = await tx.disputeEvent.findFirst({ where: { disputeId }, orderBy: { id: 'desc' }, select: { id: true } })
  if (newest?.id !== eventId) return false
  await tx.dispute.update({ where: { id: disputeId }, data: { ...before, answerDue: dayOf(before.answerDue), payBy: before.payBy && dayOf(before.payBy) } })
  await tx.disputeEvent.create({ data: { disputeId, kind: 'taken_back', ...by } })
  return true
}

/** Gives an open dispute to somebody else; false when it is theirs already, or not open any more. */
export async function handDisputeOver(tx: Db, id: number, to: { ownerId: number; staffId: number; at: Date }): Promise<boolean> {
  const { count } = await tx.dispute.updateMany({ where: { id, status: 'open', NOT: { ownerId: to.ownerId } }, data: { ownerId: to.ownerId } })
  if (count > 0) await tx.disputeEvent.create({ data: { disputeId: id, kind: 'handed_over', staffId: to.staffId, at: to.at } })
  return count > 0
}

/** Marks an open dispute's answer as late, once for its day; false when it was, or is not open any more. */
export async function markDisputeLate(tx: Db, id: number, at: Date): Promise<boolean> {
  const { count } = await tx.dispute.updateMany({ where: { id, status: 'open', escalatedAt: null }, data: { escalatedAt: at } })
  if (count > 0) await tx.disputeEvent.create({ data: { disputeId: id, kind: 'escalated', staffId: null, at } })
  return count > 0
}

const dayOf = (isoDay: string) => new Date(`${isoDay}T00:00:00Z`)

const endOf = (end: DisputeEnd | undefined) => ({
  outcome: end?.outcome ?? null,
  staysDue: end?.staysDue === undefined ? null : new Prisma.Decimal(end.staysDue),
  payBy: end?.payBy === undefined ? null : dayOf(end.payBy),
})

const beforeOf = ({ status, creditExpectedAt, escalatedAt, resolvedAt, answerDue, outcome, staysDue, payBy }: DisputeModel): MadeMove['before'] => ({
  status,
  creditExpectedAt: creditExpectedAt?.toISOString() ?? null,
  escalatedAt: escalatedAt?.toISOString() ?? null,
  resolvedAt: resolvedAt?.toISOString() ?? null,
  answerDue: answerDue.toISOString().slice(0, 10),
  outcome,
  staysDue: staysDue?.toFixed() ?? null,
  payBy: payBy?.toISOString().slice(0, 10) ?? null,
})
