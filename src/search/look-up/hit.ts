/** What a look-up found a debtor by, best first. */
const foundBy = [
  'number',
  'invoice',
  'reference',
  'po',
  'company_number',
  'email',
  'name',
  'name_start',
  'number_start',
  'invoice_start',
  'contact',
  'name_part',
  'similar_name',
] as const
export type FoundBy = (typeof foundBy)[number]

/** A debtor that a look-up could mean. */
export type LookUpHit = {
  id: number
  number: string
  name: string
  administration: string
  by: FoundBy
  /** What fitted, when it is not the debtor's own number or name: the invoice's number, the contact's name or address. */
  found: string | null
}

export type RankedHit = LookUpHit & { similarity: number }

const rank = (by: FoundBy): number => foundBy.indexOf(by)

/** Whether the whole of what was typed fitted, not only a part or something like it. */
export const isExact = ({ by }: Pick<LookUpHit, 'by'>): boolean => rank(by) <= rank('name')

/** Every debtor once, by the best of what it was found by; the best first. */
export function ranked(hits: readonly RankedHit[]): RankedHit[] {
  const sorted = hits.toSorted((a, b) => rank(a.by) - rank(b.by) || b.similarity - a.similarity || compare(a.name, b.name) || a.id - b.id)
  const seen = new Set<number>()
  return sorted.filter(({ id }) => !seen.has(id) && seen.add(id))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
