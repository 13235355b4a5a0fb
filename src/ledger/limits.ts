import { type Db, type DebtorLimitModel, Prisma } from '#platform'
import type { Money } from './currencies/convert.ts'
import type { Exposure } from './exposure.ts'

/** A limit that stands: how much a debtor may owe, or how much of it an insurer covers. `source`: import | decided. */
export type DebtorLimit = Pick<DebtorLimitModel, 'id' | 'amount' | 'currency' | 'source' | 'insurer' | 'setAt'>

/** `internal`: our own credit limit; `insured`: what a credit insurer covers. */
export type DebtorLimits = { internal?: DebtorLimit; insured?: DebtorLimit }

/** The limits that stand, by debtor; who has none is left out. */
export async function limitsOf(db: Db, debtorIds: number[]): Promise<Map<number, DebtorLimits>> {
  const rows = await db.debtorLimit.findMany({ where: { debtorId: { in: debtorIds }, endedAt: null }, orderBy: { id: 'asc' } })
  const limits = new Map<number, DebtorLimits>()
  for (const { debtorId, kind, ...limit } of rows) limits.set(debtorId, { ...limits.get(debtorId), [kind]: limit })
  return limits
}

export type NewLimit = Money & { debtorId: number; staffId: number | null; at: Date }

/**
 * Sets our own limit for a debtor, whatever the import said; it stands until somebody sets another one or the imported value itself
 * changes. Returns the new row, and the one whose place it takes: null when there was none.
 */
export async function setInternalLimit(tx: Db, { debtorId, amount, currency, staffId, at }: NewLimit): Promise<{ limitId: number; beforeId: number | null }> {
  const before = await standing(tx, debtorId)
  const decided = { debtorId, kind: 'internal', amount, currency, source: 'decided', decidedById: staffId, setAt: at }
  if (before) await tx.debtorLimit.update({ where: { id: before.id }, data: { endedAt: at } })
  const { id } = await tx.debtorLimit.create({ data: decided })
  return { limitId: id, beforeId: before?.id ?? null }
}

/** Puts back what stood before our own limit was set, or none; false when another one has taken its place since. */
export async function takeLimitBack(tx: Db, { limitId, beforeId }: { limitId: number; beforeId: number | null }, at: Date): Promise<boolean> {
  const limit = await tx.debtorLimit.findUniqueOrThrow({ where: { id: limitId } })
  if ((await standing(tx, limit.debtorId))?.id !== limitId) return false
  await tx.debtorLimit.update({ where: { id: limitId }, data: { endedAt: at } })
  const before = beforeId === null ? null : await tx.debtorLimit.findUnique({ where: { id: beforeId }, omit: { id: true } })
  // A row of its own: the history says that it was away meanwhile.
  if (before) await tx.debtorLimit.create({ data: { ...before, setAt: at, endedAt: null } })
  return true
}

/** Our own limit that stands, while nobody else, also no import, can change it. */
async function standing(tx: Db, debtorId: number): Promise<DebtorLimitModel | null> {
  await tx.$queryRaw`SELECT id FROM "Debtor" WHERE id = ${debtorId} FOR UPDATE`
  return tx.debtorLimit.findFirst({ where: { debtorId, kind: 'internal', endedAt: null } })
}

/** Which share of a limit is used by what is open and ordered in its own currency, 1 for all of it; undefined for a limit of nothing. */
export function usedOf(limit: Money, exposure: readonly Exposure[]): Prisma.Decimal | undefined {
  return limit.amount.gt(0) ? exposedIn(limit.currency, exposure).div(limit.amount) : undefined
}

/** What a limit leaves for more, in its own currency; nothing when it is exceeded. */
export const leftOf = (limit: Money, exposure: readonly Exposure[]): Prisma.Decimal =>
  Prisma.Decimal.max(0, limit.amount.minus(exposedIn(limit.currency, exposure)))

const exposedIn = (currency: string, exposure: readonly Exposure[]): Prisma.Decimal =>
  exposure.find(each => each.currency === currency)?.total ?? new Prisma.Decimal(0)
