import { invoiceNumberShapes } from '#ledger'
import type { Db } from '#platform'

export type NumberShapes = (administrationId: number | null) => Promise<string[]>

/** Shapes only help with numbers that the ledger does not hold, and change with the years: they may be this old, in milliseconds. */
const longestTrust = 60_000

/** How an administration's newest invoice numbers look (all administrations' for null), read at most once a minute. */
export function createNumberShapes(db: Db): NumberShapes {
  const known = new Map<number | null, { readAt: number; shapes: Promise<string[]> }>()
  return administrationId => {
    const before = known.get(administrationId)
    if (before && performance.now() - before.readAt < longestTrust) return before.shapes
    const shapes = invoiceNumberShapes(db, administrationId)
    known.set(administrationId, { readAt: performance.now(), shapes })
    shapes.catch(() => known.delete(administrationId))
    return shapes
  }
}
