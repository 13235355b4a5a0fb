import type { WrittenAction } from '#dunning'
import { searchNumber } from '#ledger'

/**
 * Whose items were talked about, each debtor with the numbers of its own as typed; none stand for all of it, and without any it is every debtor. Who
 * leads a central file comes first, and has what is nobody's.
 */
export function calledItems(
  { debtorId, items }: Pick<WrittenAction, 'debtorId' | 'items'>,
  typed: readonly string[] = [],
): { debtorId: number; numbers: string[] }[] {
  const left = items.toSorted((a, b) => Number(b.debtorId === debtorId) - Number(a.debtorId === debtorId))
  const first = left[0]?.debtorId ?? debtorId
  if (typed.length === 0) return [...new Set([first, ...left.map(item => item.debtorId)])].map(id => ({ debtorId: id, numbers: [] }))
  const numbers = new Map<number, string[]>()
  for (const number of typed) {
    // A number that two of them have is the second one's when it is typed twice.
    const at = left.findIndex(item => searchNumber(item.number) === searchNumber(number))
    const owner = (at < 0 ? undefined : left.splice(at, 1)[0]?.debtorId) ?? first
    numbers.set(owner, [...(numbers.get(owner) ?? []), number])
  }
  return [...numbers].map(([id, own]) => ({ debtorId: id, numbers: own }))
}
