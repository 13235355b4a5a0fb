import { type Db, Prisma } from '#platform'

/** One promise of which it is known what came of it. `keptShare`: how much of it was paid in time, 0 to 1. */
export type JudgedPromise = { stake: Prisma.Decimal | null; currency: string | null; keptShare: number }

/**
 * How a debtor, or one contact, keeps promises: how many of how many were kept whole, and how likely the next one is (0 to 1). `probability`
 * of who promised nothing yet is one half.
 */
export type PromiseRecord = { kept: number; judged: number; probability: number }

/** One promise cannot weigh more than this many ordinary ones: a single large one is still one. */
const heaviest = 3

/** Promises of longer ago say little about today. */
const monthsThatCount = 24

/** A contact's own record counts from so many promises on; below, that of the whole debtor. */
const enoughOfOne = 3

/**
 * The mean of a Beta posterior on the prior Beta(1, 1): nothing is presumed, and the first promises move it most. Each promise counts as kept
 * by its share that was paid in time, and weighs its amount relative to the average in its currency, up to three times; weights add up to the number of
 * promises, so that large amounts shift the mean but make nobody more certain than they are.
 */
export function promiseRecord(promises: readonly JudgedPromise[]): PromiseRecord {
  const averages = averageStakes(promises)
  const raw = promises.map(({ stake, currency }) => {
    const average = averages.get(currency ?? '')
    return stake === null || !average?.gt(0) ? 1 : Math.min(heaviest, stake.div(average).toNumber())
  })
  const sum = raw.reduce((total, weight) => total + weight, 0)
  const weights = sum > 0 ? raw.map(weight => (weight * promises.length) / sum) : raw
  const kept = promises.reduce((total, { keptShare }, index) => total + keptShare * (weights[index] ?? 0), 0)
  return {
    kept: promises.filter(({ keptShare }) => keptShare >= 1).length,
    judged: promises.length,
    probability: (1 + kept) / (2 + promises.length),
  }
}

function averageStakes(promises: readonly JudgedPromise[]): Map<string, Prisma.Decimal> {
  const sums = new Map<string, { total: Prisma.Decimal; count: number }>()
  for (const { stake, currency } of promises) {
    if (stake === null) continue
    const before = sums.get(currency ?? '') ?? { total: new Prisma.Decimal(0), count: 0 }
    sums.set(currency ?? '', { total: before.total.add(stake), count: before.count + 1 })
  }
  return new Map([...sums].map(([currency, { total, count }]) => [currency, total.div(count)]))
}

/** The records of debtors by id, of the promises of the last two years up to `today` (ISO day); who made none is left out. */
export async function promiseRecordsOf(db: Db, debtorIds: readonly number[], today: string): Promise<Map<number, PromiseRecord>> {
  const promises = await judgedPromises(db, { debtorId: { in: [...debtorIds] } }, today)
  const byDebtor = Map.groupBy(promises, ({ debtorId }) => debtorId)
  return new Map([...byDebtor].map(([debtorId, own]) => [debtorId, promiseRecord(own)]))
}

/** The record that the next promise of a debtor is taken by: the contact's own where it says enough, else the debtor's. `today`: ISO day. */
export async function promiseRecordFor(db: Db, who: { debtorId: number; contactId?: number | undefined }, today: string): Promise<PromiseRecord> {
  const promises = await judgedPromises(db, { debtorId: who.debtorId }, today)
  const own = who.contactId === undefined ? [] : promises.filter(({ contactId }) => contactId === who.contactId)
  return promiseRecord(own.length >= enoughOfOne ? own : promises)
}

type Judged = JudgedPromise & { debtorId: number; contactId: number | null }

async function judgedPromises(db: Db, where: Prisma.PromiseToPayWhereInput, today: string): Promise<Judged[]> {
  const since = new Date(`${today}T00:00:00Z`)
  since.setUTCMonth(since.getUTCMonth() - monthsThatCount)
  const rows = await db.promiseToPay.findMany({
    where: { ...where, status: { in: ['kept', 'partly_kept', 'broken'] }, createdAt: { gte: since } },
    select: { debtorId: true, contactId: true, stake: true, currency: true, keptShare: true, status: true },
    orderBy: { id: 'asc' },
  })
  // Of promises that were judged before shares were kept, the status says what there is to say.
  const byStatus: Record<string, number> = { kept: 1, partly_kept: 0.5 }
  return rows.map(({ keptShare, status, ...row }) => ({ ...row, keptShare: keptShare?.toNumber() ?? byStatus[status] ?? 0 }))
}
