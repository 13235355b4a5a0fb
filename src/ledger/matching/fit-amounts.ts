import { Prisma } from '#platform'
import { type AllocatableItem, capacityOf } from './open-amounts.ts'

/** An item with what this payment can cover of it (signed), in whole thousandths: exact and quick to add. */
export type Fit = { item: AllocatableItem; capacity: bigint }

/** An amount in thousandths of its unit, which is what the ledger's columns hold. */
export const thousandths = (amount: Prisma.Decimal): bigint => BigInt(amount.mul(1000).toFixed(0))
export const fromThousandths = (amount: bigint): string => new Prisma.Decimal(amount.toString()).div(1000).toFixed()

/** The items that this payment can cover something of, once each. */
export const fitsOf = (items: AllocatableItem[], receivedOn: string): Fit[] =>
  [...new Map(items.map(item => [item.id, { item, capacity: thousandths(capacityOf(item, receivedOn)) }])).values()].filter(({ capacity }) => capacity !== 0n)

export const totalOf = (fits: Fit[]): bigint => fits.reduce((sum, { capacity }) => sum + capacity, 0n)

const mostSearched = 16

/**
 * The subset of two or more (or one) of the items that makes exactly this amount: undefined when there is none, `several` when there
 * is more than one, or too many items to tell.
 */
export function subsetOf(fits: Fit[], amount: bigint): Fit[] | 'several' | undefined {
  if (fits.length > mostSearched) return 'several'
  let found: Fit[] | undefined
  let isAmbiguous = false
  const chosen: Fit[] = []
  const search = (at: number, left: bigint): void => {
    if (isAmbiguous) return
    if (left === 0n && chosen.length > 0) {
      if (found) isAmbiguous = true
      found ??= [...chosen]
    }
    for (let next = at; next < fits.length; next++) {
      const fit = fits[next]
      if (!fit) continue
      chosen.push(fit)
      search(next + 1, left - fit.capacity)
      chosen.pop()
    }
  }
  search(0, amount)
  return isAmbiguous ? 'several' : found
}

export type Share = { fit: Fit; amount: bigint; waived: bigint }

/** Each item in full; a shortage is waived, on the last of those that it fits on. Undefined when it fits on none. */
export function inFull(fits: Fit[], shortage = 0n): Share[] | undefined {
  const shares = fits.map(fit => ({ fit, amount: fit.capacity, waived: 0n }))
  if (shortage === 0n) return shares
  const last = shares.findLast(({ amount }) => amount > shortage)
  if (!last) return undefined
  last.amount -= shortage
  last.waived = shortage
  return shares
}

/** The amount over the items in their order (credit notes first, they add to it) until it is used up. */
export function inOrder(fits: Fit[], amount: bigint): Share[] {
  const shares: Share[] = []
  let left = amount
  for (const fit of fits.toSorted((a, b) => Number(a.capacity > 0n) - Number(b.capacity > 0n))) {
    if (fit.capacity > 0n && left <= 0n) break
    const share = fit.capacity < left ? fit.capacity : left
    shares.push({ fit, amount: share, waived: 0n })
    left -= share
  }
  return shares
}
