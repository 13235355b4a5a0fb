import { chooseTone, type Tone } from '#ledger'
import { fullSight } from '#people'
import type { Clock, Db } from '#platform'
import { readSearchContext, segmentsOf } from '#search'

/** `step`: the tone of what is written, such as a step of dunning. */
export type ToneDeps = { clock: Clock; timeZone: string; step?: Tone | undefined }

/**
 * How mails to a debtor sound: as is set for itself, else as the step says, else as the rule that it falls under, else as the leading one of its
 * segments that has a tone, else as its administration.
 */
export async function toneOf(db: Db, { clock, timeZone, step }: ToneDeps, debtorId: number): Promise<Tone> {
  const debtor = await db.debtor.findUnique({ where: { id: debtorId }, select: { tone: true, administration: { select: { tone: true } } } })
  const first = debtor?.tone ?? step ?? (await db.debtorRule.findUnique({ where: { debtorId }, select: { tone: true } }))?.tone
  return chooseTone(first, first ? null : await segmentTone(db, clock, timeZone, debtorId), debtor?.administration.tone)
}

async function segmentTone(db: Db, clock: Clock, timeZone: string, debtorId: number): Promise<string | undefined> {
  const toned = await db.segment.findMany({ where: { tone: { not: null } }, select: { key: true, tone: true } })
  if (toned.length === 0) return undefined
  const context = await readSearchContext(db, { sight: fullSight, clock, timeZone })
  const leading = await segmentsOf(db, context, debtorId)
  return leading.flatMap(({ key }) => toned.find(each => each.key === key)?.tone ?? [])[0]
}
