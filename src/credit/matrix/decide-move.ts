import { z } from 'zod'
import type { Place } from './grid.ts'
import { isSofter, type Stance } from './stance.ts'

/** Where a debtor stands, with the softer place that it may move to once that has held long enough. */
export type Standing = Place & { stance: Stance; workflow: string | null; next: Next | undefined }

export const nextSchema = z.object({ solvency: z.string(), band: z.string(), since: z.iso.datetime() })
type Next = z.infer<typeof nextSchema>

export type Found = Place & { stance: Stance; workflow: string | null }

/** `waits`: the softer place stays `next` for now. `isNews`: people are told. */
export type Decision = { kind: 'stays'; next: undefined } | { kind: 'waits'; next: Next } | { kind: 'moves'; isNews: boolean }

const day = 86_400_000

/**
 * What becomes of a debtor that was found at a place; pure. A harder stance counts at once. A softer one has to hold for some days
 * first, so that who pays one invoice and orders again does not go to and fro; out of `unknown` there is nothing to hold on to.
 * `isReset`: the matrix itself is another one, so that nothing of before is compared with it.
 */
export function decideMove(
  standing: Standing | undefined,
  found: Found,
  { now, softerAfterDays, isReset }: { now: Date; softerAfterDays: number; isReset: boolean },
): Decision {
  if (!standing) return { kind: 'moves', isNews: !isSofter(found.stance, 'reduce') }
  const isNews = standing.stance !== found.stance || standing.workflow !== found.workflow
  if (isSame(standing, found) && !isNews) return { kind: 'stays', next: undefined }
  const isFirstKnown = standing.solvency === 'unknown' && found.solvency !== 'unknown'
  if (!isSofter(found.stance, standing.stance) || isFirstKnown || isReset) return { kind: 'moves', isNews }
  const next = standing.next && isSame(standing.next, found) ? standing.next : { solvency: found.solvency, band: found.band, since: now.toISOString() }
  return now.getTime() - Date.parse(next.since) >= softerAfterDays * day ? { kind: 'moves', isNews } : { kind: 'waits', next }
}

const isSame = (one: Place, other: Place): boolean => one.solvency === other.solvency && one.band === other.band
