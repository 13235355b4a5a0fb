import { Temporal } from 'temporal-polyfill'
import type { Money } from '#ledger'
import type { Db } from '#platform'
import { type Deadline, stateOf } from './deadlines.ts'
import { type InsuredItem, insuredItems } from './insured-items.ts'

/** The nearest deadline of some items: its last day, how it stands, and how many items must go by it or a later one. */
export type NextDeadline = { by: Temporal.PlainDate; state: 'fine' | 'due' | 'past'; items: number }

/** How a debtor stands with its insurer; deadlines are of overdue items alone. */
export type InsuranceOverview = {
  insurer: string
  policy: string
  /** Overdue items that nobody reported. */
  report: NextDeadline | undefined
  /** Overdue items that were not handed over. */
  handOver: NextDeadline | undefined
  /** Items that were reported, and when last. */
  reported: { items: number; on: Temporal.PlainDate } | undefined
  /** Until when every item may be extended without the insurer. */
  extendUntil: Temporal.PlainDate | undefined
  /** What the policy covers without a limit of the insurer's; left out where the ledger has that limit. */
  discretionary: Money | undefined
}

/** How a debtor stands with its insurer; undefined for one that is not insured. */
export async function insuranceOf(db: Db, today: Temporal.PlainDate, debtorId: number): Promise<InsuranceOverview | undefined> {
  const cover = await db.insuredDebtor.findUnique({ where: { debtorId }, include: { policy: true } })
  if (!cover) return undefined
  const { policy } = cover
  const items = await insuredItems(db, today, { debtorIds: [debtorId] })
  const named = await db.debtorLimit.count({ where: { debtorId, kind: 'insured', endedAt: null } })
  const reported = inOrder(items.flatMap(({ reportedOn }) => reportedOn ?? []))
  const last = reported.at(-1)
  const [extendUntil] = inOrder(items.flatMap(({ deadlines }) => deadlines.extendUntil ?? []))
  const { limitAmount: amount, limitCurrency: currency } = policy
  return {
    insurer: policy.insurer,
    policy: policy.number,
    report: nextOf(items, 'report', { today, warnDays: policy.warnDays }),
    handOver: nextOf(items, 'handOver', { today, warnDays: policy.warnDays }),
    reported: last && { items: reported.length, on: last },
    extendUntil,
    discretionary: named === 0 && amount && currency ? { amount, currency } : undefined,
  }
}

const inOrder = (days: Temporal.PlainDate[]) => days.toSorted((one, other) => Temporal.PlainDate.compare(one, other))

function nextOf(
  items: readonly InsuredItem[],
  of: 'report' | 'handOver',
  { today, warnDays }: { today: Temporal.PlainDate; warnDays: number },
): NextDeadline | undefined {
  const waiting = items
    .filter(item => item[of] !== 'done')
    .flatMap((item): Deadline[] => (item.deadlines[of] ? [item.deadlines[of]] : []))
    .filter(({ since }) => today.since(since).sign > 0)
  const [first] = waiting.toSorted((one, other) => Temporal.PlainDate.compare(one.by, other.by))
  const state = first && stateOf(first, { today, warnDays, isDone: false })
  return first && state && state !== 'done' ? { by: first.by, state, items: waiting.length } : undefined
}
