import type { Db } from '#platform'
import type { SearchContext } from '../fields/field.ts'
import { type Reason, whyItFits } from '../why-it-fits.ts'
import { readSegments, withSegments } from './segments.ts'

export type SegmentOfDebtor = { key: string; title: string; strategy: string | null; why: Reason[] }

/** The segments that a debtor is in and why, the leading one first; empty for a debtor out of sight. */
export async function segmentsOf(db: Db, context: SearchContext, debtorId: number): Promise<SegmentOfDebtor[]> {
  const segments = await readSegments(db)
  if (segments.length === 0) return []
  const reasons = await whyItFits(
    db,
    segments.map(({ query }) => query),
    withSegments({ ...context, only: debtorId }, segments),
    debtorId,
  )
  return segments.flatMap(({ key, title, strategy }, index) => {
    const why = reasons?.[index]
    return why ? [{ key, title, strategy, why }] : []
  })
}
