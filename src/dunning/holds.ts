import type { Temporal } from 'temporal-polyfill'
import { type Db, fromPlainDate, Prisma, toPlainDate } from '#platform'
import { noteChange } from './changes.ts'

export const holdReasons = [
  'promise',
  'dispute',
  'open_proposal',
  'insolvency',
  'payment_claim',
  'payment_plan',
  'legal',
  'handed_over',
  'quarantine',
  'unclear',
  'staff',
] as const
export type HoldReason = (typeof holdReasons)[number]

export type HoldInput = {
  debtorId: number
  /** Empty: every item of the debtor, also those that come later. */
  invoiceIds: number[]
  reason: HoldReason
  /** What is held of the only invoice, a decimal string in its currency, while the rest goes on; all of it when left out. */
  amount?: string | undefined
  /** Last day of the hold; without it the hold stands until it is ended. */
  until?: Temporal.PlainDate | undefined
  actionId?: number | undefined
  proposalId?: number | undefined
}

/** Keeps outbound dunning off the items; returns the ids of the holds. A second call for one action changes nothing. */
export async function placeHold(tx: Db, { debtorId, invoiceIds, reason, amount, until, actionId, proposalId }: HoldInput): Promise<number[]> {
  if (actionId !== undefined) {
    const standing = await tx.dunningHold.findMany({ where: { actionId, endedAt: null }, select: { id: true } })
    if (standing.length > 0) return standing.map(({ id }) => id)
  }
  const items: (number | null)[] = invoiceIds.length > 0 ? [...new Set(invoiceIds)] : [null]
  const part = items.length === 1 && items[0] !== null && amount !== undefined ? { amount: new Prisma.Decimal(amount) } : {}
  const shared = { debtorId, reason, until: until ? fromPlainDate(until) : null, actionId: actionId ?? null, proposalId: proposalId ?? null, ...part }
  await noteChange(tx, [debtorId])
  const holds = await tx.dunningHold.createManyAndReturn({ data: items.map(invoiceId => ({ ...shared, invoiceId })), select: { id: true } })
  return holds.map(({ id }) => id)
}

type Whose = { actionId: number } | { ids: number[] } | { undecidedProposalId: number }

/** Ends the standing holds of these ids, or that an action placed, or those that stand only while a proposal is undecided; returns how many. */
export async function endHold(tx: Db, whose: Whose, at: Date): Promise<number> {
  const where = 'undecidedProposalId' in whose ? { proposalId: whose.undecidedProposalId, reason: 'open_proposal' } : holdsOf(whose)
  const ended = await tx.dunningHold.updateManyAndReturn({ where: { ...where, endedAt: null }, data: { endedAt: at }, select: { debtorId: true } })
  await noteChange(
    tx,
    ended.map(({ debtorId }) => debtorId),
  )
  return ended.length
}

const holdsOf = (whose: { actionId: number } | { ids: number[] }) => ('ids' in whose ? { id: { in: whose.ids } } : whose)

/** Whether outbound dunning must leave this invoice alone on that day: a hold on all of it or on the whole debtor stands. */
export async function isOnDunningHold(db: Db, debtorId: number, invoiceId: number, today: Temporal.PlainDate): Promise<boolean> {
  const standing = { endedAt: null, amount: null, OR: [{ until: null }, { until: { gte: fromPlainDate(today) } }] }
  const hold = await db.dunningHold.findFirst({ where: { AND: [standing, { debtorId, OR: [{ invoiceId }, { invoiceId: null }] }] }, select: { id: true } })
  return hold !== null
}

/** The standing holds of disputes on these items of a debtor; null stands for all of it. */
export function heldByDispute(
  db: Db,
  debtorId: number,
  items: (number | null)[],
): Promise<{ id: number; invoiceId: number | null; amount: Prisma.Decimal | null }[]> {
  const invoices = items.filter(item => item !== null)
  const wanted = [{ invoiceId: { in: invoices } }, ...(items.includes(null) ? [{ invoiceId: null }] : [])]
  return db.dunningHold.findMany({
    where: { debtorId, reason: 'dispute', endedAt: null, OR: wanted },
    select: { id: true, invoiceId: true, amount: true },
    orderBy: { id: 'asc' },
  })
}

/** What of a debtor somebody else sees to now, by the id of the invoice (null: all of it): it was handed over for collection, or an insolvency runs. */
export async function seenToElsewhere(db: Db, debtorId: number, today: Temporal.PlainDate): Promise<(number | null)[]> {
  const lasting = { OR: [{ until: null }, { until: { gte: fromPlainDate(today) } }] }
  const held = await db.dunningHold.findMany({ where: { debtorId, reason: { in: ['handed_over', 'insolvency'] }, endedAt: null, ...lasting } })
  return held.map(({ invoiceId }) => invoiceId)
}

/** What stands against reminding a debtor on a day: `whole` where all of it is held, until its last day if it has one; else how many items are. */
export type DebtorHolds = { whole: { until: Temporal.PlainDate | null } | undefined; items: number }

/** The holds of a debtor that stand on that day. */
export async function standingHoldsOf(db: Db, debtorId: number, today: Temporal.PlainDate): Promise<DebtorHolds> {
  const standing = { endedAt: null, OR: [{ until: null }, { until: { gte: fromPlainDate(today) } }] }
  const holds = await db.dunningHold.findMany({ where: { debtorId, ...standing }, select: { invoiceId: true, until: true } })
  const whole = holds.filter(({ invoiceId }) => invoiceId === null).map(({ until }) => until && toPlainDate(until))
  const items = new Set(holds.flatMap(({ invoiceId }) => invoiceId ?? [])).size
  if (whole.length === 0) return { whole: undefined, items }
  const lasting = whole.some(until => until === null)
    ? null
    : whole
        .flatMap(until => until ?? [])
        .toSorted((a, b) => a.since(b).sign)
        .at(-1)
  return { whole: { until: lasting ?? null }, items }
}
