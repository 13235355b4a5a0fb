import type { WrittenAction } from '#dunning'
import { searchNumber } from '#ledger'

/**
 * Whose items were talked about in a call, and their numbers: of a central file those of the debtor that the numbers, as typed, are of; without any
 * those of who leads it, or of the first who owes.
 */
export function calledItems({ debtorId, items }: Pick<WrittenAction, 'debtorId' | 'items'>, typed: readonly string[] = []) {
  const wanted = new Set(typed.map(searchNumber))
  const named = items.filter(({ number }) => wanted.has(searchNumber(number)))
  const meant = named.length > 0 ? named : items
  const owner = meant.some(item => item.debtorId === debtorId) ? debtorId : (meant[0]?.debtorId ?? debtorId)
  return { debtorId: owner, numbers: items.flatMap(item => (item.debtorId === owner ? [item.number] : [])) }
}
