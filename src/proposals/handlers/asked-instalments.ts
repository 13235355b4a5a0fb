import { type AskedInstalments, mostInstalments } from '#ledger'
import { Prisma } from '#platform'
import type { Fact } from '#triage'

type Terms = { count?: number | undefined; amount?: string | undefined; dates: readonly string[] }

/**
 * What a mail asks for in parts, of all that it says of instalments; undefined where that can be read in two ways. Amounts of their own (`amounts`) are in
 * the order in which the mail names them, as are its days: "4.000 on 1 June, 3.000 on 1 July", "first 2.500, then 1.500 a month".
 */
export function askedInstalments(facts: readonly Fact[], total: Prisma.Decimal): AskedInstalments | undefined {
  const said = facts.toSorted((a, b) => a.evidence.start - b.evidence.start).flatMap(({ value }): Terms[] => (typeof value === 'string' ? [] : [value]))
  const terms = said.filter((each, at) => said.findIndex(other => JSON.stringify(other) === JSON.stringify(each)) === at)
  const [first, ...others] = terms
  if (!first) return { dates: [] }
  if (others.length === 0) return first
  const counts = new Set(terms.flatMap(({ count }) => count ?? []))
  const dates = [...new Set(terms.flatMap(each => each.dates))]
  const named = terms.flatMap(({ amount }) => amount ?? [])
  if (counts.size > 1 || named.length === 0) return undefined
  const [count] = counts
  const wanted = count ?? (dates.length > 0 ? dates.length : undefined)
  const amounts = spread(named, wanted, total)
  return amounts && { dates, amounts }
}

/** One amount for each instalment: the named ones, or the one of two that repeats as often as the total asks for. */
function spread(named: string[], wanted: number | undefined, total: Prisma.Decimal): string[] | undefined {
  if (wanted === undefined || wanted === named.length) return wanted === undefined && named.length === 2 ? untilPaid(named, total) : named
  const [one, two, ...more] = named
  if (one === undefined || two === undefined || more.length > 0 || wanted < named.length || wanted > mostInstalments) return undefined
  const ways = [
    [one, ...Array.from({ length: wanted - 1 }, () => two)],
    [...Array.from({ length: wanted - 1 }, () => one), two],
  ].filter(amounts => sumOf(amounts).eq(total))
  return ways.length === 1 ? ways[0] : undefined
}

/** "First 2.500, then 1.500 a month": the second one goes on until all is paid. */
function untilPaid([one = '', two = '']: string[], total: Prisma.Decimal): string[] {
  const times = Prisma.Decimal.max(1, total.sub(one).div(two).ceil()).toNumber()
  return [one, ...Array.from({ length: Math.min(times, mostInstalments) }, () => two)]
}

const sumOf = (amounts: string[]): Prisma.Decimal => amounts.reduce((sum, amount) => sum.add(amount), new Prisma.Decimal(0))
