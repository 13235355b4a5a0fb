import type { Sight } from '#people'
import type { Db } from '#platform'
import { proposalsInSight } from '#proposals'

/** What a bulk's card is called among the posts. */
export const bulkSubject = (bulkId: number): string => `bulk:${bulkId}`

/** Of these bulks, those of which every proposal is in sight, also what was approved or refused there: their cards and threads name all of them. */
export async function bulksInSight(db: Db, sight: Sight, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const standing = await db.chatBulkItem.findMany({ where: { bulkId: { in: [...ids] } }, select: { bulkId: true, proposalId: true } })
  // A receipt goes on naming what has left the card since.
  const told = await db.chatBulkResult.findMany({
    where: { excluded: false, run: { bulkId: { in: [...ids] }, status: { not: 'offered' } } },
    select: { proposalId: true, run: { select: { bulkId: true } } },
  })
  const items = [...standing, ...told.map(({ proposalId, run }) => ({ proposalId, bulkId: run.bulkId }))]
  const seen = await proposalsInSight(
    db,
    sight,
    items.map(({ proposalId }) => proposalId),
  )
  const hidden = new Set(items.filter(({ proposalId }) => !seen.has(proposalId)).map(({ bulkId }) => bulkId))
  return new Set(ids.filter(id => !hidden.has(id)))
}
