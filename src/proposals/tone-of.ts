import { chooseTone, type Tone } from '#ledger'
import { fullSight } from '#people'
import type { Clock, Db } from '#platform'
import { readSearchContext, segmentsOf } from '#search'

/** How mails to a debtor sound: as is set for itself, else for the leading one of its segments that has a tone, else for its administration. */
export async function toneOf(db: Db, { clock, timeZone }: { clock: Clock; timeZone: string }, debtorId: number): Promise<Tone> {
  const debtor = await db.debtor.findUnique({ where: { id: debtorId }, select: { tone: true, administration: { select: { tone: true } } } })
  return chooseTone(debtor?.tone, debtor?.tone ? null : await segmentTone(db, clock, timeZone, debtorId), debtor?.administration.tone)
}

async function segmentTone(db: Db, clock: Clock, timeZone: string, debtorId: number): Promise<string | undefined> {
  const toned = await db.segment.findMany({ where: { tone: { not: null } }, select: { key: true, tone: true } })
  if (toned.length === 0) return undefined
  const context = await readSearchContext(db, { sight: fullSight, clock, timeZone })
  const leading = await segmentsOf(db, context, debtorId)
  return leading.flatMap(({ key }) => toned.find(each => each.key === key)?.tone ?? [])[0]
}
